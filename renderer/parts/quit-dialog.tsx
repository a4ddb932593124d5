import { useEffect, useRef, useState } from 'react';
import type { TaskId } from '../../shared/ids.ts';
import { quit } from '../actions/quit.ts';
import { quitApp } from '../actions/quit-app.ts';
import { useInventory, useStores, useText, useView } from '../stores/context.tsx';
import { Dialog } from './dialog.tsx';
import { EngineText } from './engine-text.tsx';
import { FailureCard } from './failure-card.tsx';

/** Tasks that are named before the rest is counted. */
const namesListed = 6;

/**
 * Asks before what runs is broken off. When that is over meanwhile it says so, and the answer is still the person's. What
 * fails while it is waited for ends the waiting: with the app its failure would go unread.
 */
export function QuitDialog() {
  const asked = useView((view) => view.quitAsked);
  return asked ? <Question /> : null;
}

function Question() {
  const stores = useStores();
  const text = useText();
  /** Tasks that had ended when the waiting began; undefined: the person has not asked for that. */
  const [before, setBefore] = useState<ReadonlySet<TaskId>>();
  const back = useRef<HTMLButtonElement>(null);
  const tasks = useInventory((inventory) => inventory.tasks);
  const all = [...tasks.values()];
  const open = all.filter((task) => task.endedAt === undefined && !task.waitsForGuest);
  const failed = before ? all.filter((task) => task.state === 'failed' && !before.has(task.id)) : [];
  const waiting = before !== undefined && failed.length === 0;
  const close = (): void => stores.view.setState({ quitAsked: false });
  function wait(): void {
    setBefore(new Set(all.filter((task) => task.endedAt !== undefined).map((task) => task.id)));
    back.current?.focus(); // the button that had it goes
  }
  const over = waiting && open.length === 0;
  useEffect(() => {
    if (over) quitApp.run(undefined, stores); // asks again, should something have begun this moment
  }, [over, stores]);
  return (
    <Dialog role="alertdialog" title={text.t('quit.title')} onClose={close}>
      <p role="status">{text.t(waiting ? 'quit.waiting' : 'quit.text', { count: open.length })}</p>
      <ul className="name-list">
        {open.slice(0, namesListed).map((task) => (
          <li key={task.id}>
            {text.message(task.label)} <EngineText text={task.guestName} />
            {task.journaled && <span className="quiet-text"> ({text.t('quit.recovers')})</span>}
          </li>
        ))}
        {open.length > namesListed && <li>{text.t('confirm.more', { count: open.length - namesListed })}</li>}
      </ul>
      <div role="alert">
        {failed.length > 0 && <p className="bad-text">{text.t('quit.failed', { count: failed.length })}</p>}
        {failed
          .slice(0, namesListed)
          .map((task) => task.failure && <FailureCard key={task.id} failure={task.failure} />)}
        {failed.length > namesListed && <p>{text.t('confirm.more', { count: failed.length - namesListed })}</p>}
      </div>
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
