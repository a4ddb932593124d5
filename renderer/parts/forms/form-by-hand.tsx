import { useEffect, useState } from 'react';
import { useStores, useText } from '../../stores/context.tsx';
import type { OrderPart } from '../../stores/orders.ts';
import { CommandList } from '../by-hand.tsx';

/** Commands for more guests than this would not be read. */
const guestsShown = 20;
/** What is being typed is not asked about letter by letter. */
const settleMs = 200;

/** "How would I do this by hand?": the commands of what the form would do now, to copy. */
export function FormByHand({ parts }: { parts: readonly OrderPart[] | undefined }) {
  const text = useText();
  const [open, setOpen] = useState(false);
  const something = parts !== undefined && parts.length > 0;
  const commands = useCommands(open && something ? parts : undefined);
  return (
    <details className="by-hand" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.t('byHand.title')}</summary>
      {!something && <p className="quiet-text">{text.t('form.byHandLater')}</p>}
      {commands?.length === 0 && <p className="quiet-text">{text.t('form.byHandNone')}</p>}
      {commands && <CommandList commands={commands} />}
    </details>
  );
}

/** The commands that the parts stand for; undefined while they are asked for, or where nothing is to be asked. */
function useCommands(parts: readonly OrderPart[] | undefined): readonly string[] | undefined {
  const { bridge } = useStores();
  const [answer, setAnswer] = useState<readonly string[]>();
  const wanted = parts && JSON.stringify(parts);
  useEffect(() => {
    setAnswer(undefined);
    if (wanted === undefined) return;
    let current = true;
    const timer = setTimeout(async () => {
      const all = JSON.parse(wanted) as OrderPart[];
      const each = all.flatMap(({ guests, action }) => guests.map((guest) => ({ guest, action })));
      const replies = await Promise.all(each.slice(0, guestsShown).map((one) => bridge.call('guest.commands', one)));
      if (current) setAnswer(replies.flatMap((reply) => (reply.ok ? reply.value.commands : [])));
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [bridge, wanted]);
  return answer;
}
