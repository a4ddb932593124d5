import { useEffect } from 'react';
import type { Connection } from '../../../shared/connection.ts';
import { removeConnection, useConnection as switchConnection } from '../../actions/change-connections.ts';
import { tryEngine } from '../../actions/try-engine.ts';
import { EngineText } from '../../parts/engine-text.tsx';
import { FailureCard } from '../../parts/failure-card.tsx';
import { useConnections, useInventory, useStores, useText } from '../../stores/context.tsx';
import { AddConnection } from './add-connection.tsx';

/** The engines that this machine has or that were added: which are used, how each is, and what mends it. */
export function ConnectionList() {
  const text = useText();
  const stores = useStores();
  const connections = useConnections((all) => all.connections);
  const failure = useConnections((all) => all.failure);
  useEffect(() => stores.connections.getState().watch(), [stores]);
  return (
    <>
      <p className="quiet-text">{text.t('connections.text')}</p>
      {failure && <FailureCard failure={failure} />}
      <ul className="connection-list">
        {connections.map((connection) => (
          <ConnectionItem key={connection.engine} connection={connection} />
        ))}
      </ul>
      <AddConnection />
    </>
  );
}

function ConnectionItem({ connection }: { connection: Connection }) {
  const stores = useStores();
  const text = useText();
  const engine = useInventory((inventory) => inventory.engines.get(connection.engine));
  const state = !connection.used ? 'unused' : (engine?.state ?? 'absent');
  return (
    <li className="connection" data-used={connection.used || undefined}>
      <div className="connection-line">
        <input
          type="checkbox"
          checked={connection.used}
          aria-label={switchConnection.label(connection, text)}
          onChange={() => switchConnection.run(connection, stores)}
        />
        <span className="connection-name">
          <strong>
            <EngineText text={connection.name} />
          </strong>
          {connection.address !== connection.name && <EngineText text={connection.address} className="quiet-text" />}
        </span>
        <span className="connection-state">
          {engine && connection.used && <span className="engine-sign" data-state={engine.state} aria-hidden />}
          {text.t(`connections.state.${state}`)}
        </span>
        {connection.origin === 'added' && (
          <button
            type="button"
            className="button small icon-only quiet"
            aria-label={removeConnection.label(connection, text)}
            title={removeConnection.label(connection, text)}
            onClick={() => removeConnection.run(connection, stores)}
          >
            <removeConnection.icon size={14} aria-hidden />
          </button>
        )}
      </div>
      {connection.used && engine?.failure && engine.state !== 'live' && (
        <FailureCard failure={engine.failure} onRetry={() => tryEngine.run(engine.id, stores)} />
      )}
    </li>
  );
}
