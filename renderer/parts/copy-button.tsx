import { Check, Copy, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from '../actions/copy-text.ts';
import { useStores, useText } from '../stores/context.tsx';

/** How long the button says that it has copied. */
const copiedMs = 2000;

interface CopyButtonProps {
  what: string;
  /** What the button is called. */
  label: string;
  /** Shows the label beside the icon. */
  worded?: boolean;
  /** What kind of text it copies, where there are several buttons. */
  icon?: LucideIcon;
}

export function CopyButton({ what, label, worded = false, icon = Copy }: CopyButtonProps) {
  const stores = useStores();
  const text = useText();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), copiedMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : icon;
  const name = copied ? text.t('failure.copied') : label;
  return (
    <button
      type="button"
      className={worded ? 'button small' : 'button small icon-only'}
      aria-label={worded ? undefined : name}
      title={worded ? undefined : name}
      onClick={() => {
        copyText.run(what, stores);
        setCopied(true);
      }}
    >
      <Icon size={14} aria-hidden />
      {worded && <span>{name}</span>}
    </button>
  );
}
