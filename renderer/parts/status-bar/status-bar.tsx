import { useInventory, useText } from '../../stores/context.tsx';
import { EngineItem } from './engine-item.tsx';
import { HostStrip } from './host-strip.tsx';
import { TaskButton } from './task-button.tsx';

/** Always at the bottom: how each engine is, the host's own figures, the tasks. */
export function StatusBar() {
  const text = useText();
  const engines = useInventory((inventory) => inventory.engines);
  return (
    <footer className="status-bar">
      <ul className="engine-list" aria-label={text.t('engine.list')}>
        {Array.from(engines.values(), (engine) => (
          <li key={engine.id}>
            <EngineItem engine={engine} />
          </li>
        ))}
      </ul>
      <HostStrip />
      <TaskButton />
    </footer>
  );
}
