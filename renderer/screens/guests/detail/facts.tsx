import { createContext, type ReactNode, useContext } from 'react';
import { CopyButton } from '../../../parts/copy-button.tsx';
import { EngineText } from '../../../parts/engine-text.tsx';
import { useText } from '../../../stores/context.tsx';

/** Whether facts that are not here are still being asked for. */
const Awaited = createContext(false);
export const AwaitedFacts = Awaited.Provider;

/** Facts that belong together, under a title. */
export function FactGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="fact-group">
      <h3>{title}</h3>
      <dl className="facts">{children}</dl>
    </section>
  );
}

interface FactProps {
  term: string;
  /** It comes from the detail: while that is asked for, a fact that is not there may still come. */
  late?: boolean;
  children: ReactNode;
}

/** One fact; one that is not known is a dash, so that the facts keep their places from guest to guest. */
export function Fact({ term, late, children }: FactProps) {
  const text = useText();
  const awaited = useContext(Awaited);
  const empty = late && awaited ? '…' : text.t('detail.none');
  return (
    <div className="fact">
      <dt>{term}</dt>
      <dd>{isNothing(children) ? <span className="quiet-text">{empty}</span> : children}</dd>
    </div>
  );
}

/** Also a list of which nothing came. */
function isNothing(children: ReactNode): boolean {
  return Array.isArray(children)
    ? children.every(isNothing)
    : children === null || children === undefined || children === false || children === '';
}

/** A value worth copying. */
export function Copyable({ value, label }: { value: string; label: string }) {
  return (
    <span className="with-button">
      <EngineText text={value} className="wraps digits" />
      <CopyButton what={value} label={label} />
    </span>
  );
}
