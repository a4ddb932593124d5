import type { Message } from '../../../../shared/message.ts';
import type { Snapshot } from '../../../../shared/snapshot.ts';
import { useText } from '../../../stores/context.tsx';
import { visibleLines } from '../../../text/visible-text.ts';

/** What is known of the chosen snapshot, and what holds for all of them; nothing where there is nothing to say. */
export function SnapshotFacts({ snapshot, notes }: { snapshot: Snapshot | undefined; notes: readonly Message[] }) {
  const text = useText();
  if (!snapshot && notes.length === 0) return null;
  const all = [...(snapshot?.notes ?? []), ...notes].map((note) => text.message(note));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long words scroll, also by keyboard
    <section className="snapshot-facts" aria-label={text.t('snapshots.facts')} tabIndex={0}>
      {snapshot?.description && <p className="snapshot-description">{visibleLines(snapshot.description)}</p>}
      {snapshot && (
        <p className="quiet-text">
          {text.t('snapshots.taken', {
            time: text.dateTime(snapshot.createdAt),
            state: snapshot.state,
            memory: snapshot.memory ? 'yes' : 'no',
          })}
        </p>
      )}
      {all.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </section>
  );
}
