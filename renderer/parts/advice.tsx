import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface AdviceProps {
  icon: LucideIcon;
  title: string;
  /** What to know, and what to do first. */
  detail?: string | undefined;
  buttons?: ReactNode;
}

/** Something about a guest that wants a decision, but is no failure of what was asked. */
export function Advice({ icon: Icon, title, detail, buttons }: AdviceProps) {
  return (
    <div className="failure" data-advice>
      <Icon size={16} aria-hidden className="failure-icon" />
      <div className="failure-body">
        <p className="failure-title">{title}</p>
        {detail && <p className="failure-detail">{detail}</p>}
        {buttons && <div className="advice-buttons">{buttons}</div>}
      </div>
    </div>
  );
}
