import { useText } from '../stores/context.tsx';
import { visibleText } from '../text/visible-text.ts';
import { CopyButton } from './copy-button.tsx';

/** The commands that do the same as something done here, each to copy, or all of them. */
export function ByHand({ commands }: { commands: readonly string[] }) {
  const text = useText();
  if (commands.length === 0) return null;
  return (
    <details className="by-hand">
      <summary>{text.t('byHand.title')}</summary>
      <CommandList commands={commands} />
    </details>
  );
}

/** Command lines, each to copy, or all of them. */
export function CommandList({ commands }: { commands: readonly string[] }) {
  const text = useText();
  return (
    <>
      <ul className="command-list">
        {commands.map((command) => (
          <li key={command} className="command">
            <code dir="ltr">{visibleText(command)}</code>
            <CopyButton what={command} label={text.t('byHand.copyOne')} />
          </li>
        ))}
      </ul>
      {commands.length > 1 && <CopyButton what={commands.join('\n')} label={text.t('byHand.copyAll')} worded />}
    </>
  );
}
