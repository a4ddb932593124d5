import { useEffect, useRef, useState } from 'react';
import { quit } from '../actions/quit.ts';
import { useInventory, useStores, useText, useView } from '../stores/context.tsx';
import { Dialog } from './dialog.tsx';
import { EngineText } from './engine-text.tsx';

/** Tasks that are named before the rest is counted. */
const namesListed = 6;

/** Asks before what runs is broken off. When that is over meanwhile it says so, and the answer is still the person's. */
export function QuitDialog() {
  const asked = useView((view) => view.quitAsked);
  return asked ? <Question /> : null;
}

function Question() {
  const stores = useStores();
  const text = useText();
  const [waiting, setWaiting] = useState(false);
  const back = useRef<HTMLButtonElement>(null);
  const tasks = useInventory((inventory) => inventory.tasks);
  const open = [...tasks.values()].filter((task) => task.endedAt === undefined && !task.waitsForGuest);
  const close = (): void => stores.view.setState({ quitAsked: false });
  function wait(): void {
    setWaiting(true);
    back.current?.focus(); // the button that had it goes
  }
  const over = waiting && open.length === 0;
  useEffect(() => {
    if (over) quit.run(undefined, stores);
  }, [over, stores]);
  return (
    <Dialog role="alertdialog" title={text.t('quit.title')} onClose={close}>
      <p role="status">{text.t(waiting ? 'quit.waiting' : 'quit.text', { count: open.length })}</p>
      <ul className="name-list">
        {open.slice(0, namesListed).map((task) => (
          <li key={task.id}>
            {text.message(task.label)} <EngineText text={task.guestName} />
          </li>
        ))}
        {open.length > namesListed && <li>{text.t('confirm.more', { count: open.length - namesListed })}</li>}
      </ul>
      <div className="dialog-buttons">
        {/* biome-ignore lint/a11y/noAutofocus: the harmless answer is the one at hand */}
        <button type="button" className="button" ref={back} autoFocus onClick={close}>
          {text.t('quit.no')}
        </button>
        {!waiting && open.length > 0 && (
          <button type="button" className="button" onClick={wait}>
            {text.t('quit.wait', { count: open.length })}
          </button>
        )}
        <button type="button" className="button danger" onClick={() => quit.run(undefined, stores)}>
          <quit.icon size={14} aria-hidden />
          <span>{quit.label(undefined, text)}</span>
        </button>
      </div>
    </Dialog>
  );
}
