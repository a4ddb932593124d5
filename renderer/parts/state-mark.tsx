import { TriangleAlert } from 'lucide-react';
import type { Guest } from '../../shared/guest.ts';
import { useIgnoredShutdown, useText } from '../stores/context.tsx';

interface StateMarkProps {
  guest: Guest;
  /** When its engine was last heard of, if that is not live; `true` where the time is not known. */
  stale: number | true | undefined;
}

/** A guest's state as dot, word and note; where it is old, with the time that it was true. */
export function StateMark({ guest, stale }: StateMarkProps) {
  const text = useText();
  const broken = guest.failure !== undefined && guest.state === 'unknown';
  const word = broken ? text.t('state.broken') : text.t(`state.${guest.state}`);
  const ignored = useIgnoredShutdown(guest.id) !== undefined;
  const notes = [
    ignored && text.t('ignored.note'),
    guest.stateNote && text.message(guest.stateNote),
    typeof stale === 'number' && text.t('state.asOf', { time: text.moment(stale) }),
  ].filter((note) => typeof note === 'string');
  const note = notes.join(' · ');
  return (
    <span className="state-mark" data-state={broken ? 'broken' : guest.state} title={note ? `${word} · ${note}` : word}>
      {guest.failure ? (
        <TriangleAlert size={13} aria-hidden className="state-alert" />
      ) : (
        <span className="state-dot" aria-hidden />
      )}
      <span className="state-word">{word}</span>
      {note && <span className="state-note">{note}</span>}
    </span>
  );
}
