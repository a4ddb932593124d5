import { CircleAlert, RefreshCw, X } from 'lucide-react';
import type { Failure, Remedy } from '../../shared/failure.ts';
import { tryEngine } from '../actions/try-engine.ts';
import { useStores, useText } from '../stores/context.tsx';
import type { Reason } from '../stores/notices-store.ts';
import type { Text } from '../text/make-text.ts';
import { visibleLines, visibleText } from '../text/visible-text.ts';
import { CopyButton } from './copy-button.tsx';

interface FailureCardProps {
  failure: Failure;
  /** Several reasons, in place of its detail. */
  reasons?: readonly Reason[] | undefined;
  /** Tries again what failed; where it is left out, an engine's own failure tries that engine. */
  onRetry?: (() => void) | undefined;
  onDismiss?: () => void;
  dismissLabel?: string;
}

/** A failure with its next step: what was tried, what stopped it, what to do now, the engine's own words. */
export function FailureCard({ failure, reasons, onRetry, onDismiss, dismissLabel }: FailureCardProps) {
  const text = useText();
  const details = detailLines(failure, reasons, text);
  return (
    <div className="failure">
      <CircleAlert size={16} aria-hidden className="failure-icon" />
      <div className="failure-body">
        <p className="failure-title">{text.message(failure.title)}</p>
        {details.map((line) => (
          <p key={line} className="failure-detail">
            {line}
          </p>
        ))}
        <Remedies failure={failure} onRetry={onRetry} />
        <details className="failure-details">
          <summary>{text.t('failure.details')}</summary>
          <pre dir="auto">{visibleLines(rawText(failure, text))}</pre>
          <CopyButton what={wholeText(failure, details, text)} label={text.t('failure.copy')} worded />
        </details>
      </div>
      {onDismiss && (
        <button
          type="button"
          className="button small icon-only quiet"
          onClick={onDismiss}
          aria-label={dismissLabel ?? text.t('failure.dismiss')}
          title={dismissLabel ?? text.t('failure.dismiss')}
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}

function Remedies({ failure, onRetry }: Pick<FailureCardProps, 'failure' | 'onRetry'>) {
  const text = useText();
  const stores = useStores();
  const engine = failure.engine;
  const retry = onRetry ?? (engine && failure.guest === undefined ? () => tryEngine.run(engine, stores) : undefined);
  const steps = failure.remedies.filter((remedy) => remedy.do !== 'retry');
  const mayRetry = retry && (onRetry !== undefined || failure.remedies.some((remedy) => remedy.do === 'retry'));
  if (steps.length === 0 && !mayRetry) return null;
  return (
    <div className="remedies">
      {steps.length > 0 && (
        <ol aria-label={text.t('failure.tried')}>
          {steps.map((remedy) => (
            <li key={remedyText(remedy, text)}>
              <Step remedy={remedy} />
            </li>
          ))}
        </ol>
      )}
      {mayRetry && (
        <button type="button" className="button small" onClick={retry}>
          <RefreshCw size={14} aria-hidden />
          <span>{text.t('engine.retry')}</span>
        </button>
      )}
    </div>
  );
}

function Step({ remedy }: { remedy: Remedy }) {
  const text = useText();
  if (remedy.do === 'retry') return null;
  if (remedy.do === 'read') return <span>{text.message(remedy.text)}</span>;
  return (
    <>
      <span>{text.message(remedy.why)}</span>
      <span className="command">
        <code dir="ltr">{visibleText(remedy.command)}</code>
        <CopyButton what={remedy.command} label={text.t('failure.copyCommand')} />
      </span>
    </>
  );
}

function remedyText(remedy: Remedy, text: Text): string {
  if (remedy.do === 'retry') return text.t('engine.retry');
  return remedy.do === 'read' ? text.message(remedy.text) : `${text.message(remedy.why)} ${remedy.command}`;
}

function detailLines({ detail }: Failure, reasons: readonly Reason[] | undefined, text: Text): string[] {
  if (!reasons) return detail ? [text.message(detail)] : [];
  return reasons.map(({ because, count }) => text.t('verb.reasonCount', { reason: text.message(because), count }));
}

/** The engine's own words with where they come from; without any, the kind of failure. */
function rawText({ code, raw }: Failure, text: Text): string {
  if (!raw) return code;
  const head =
    raw.code === undefined
      ? text.t('failure.source', { source: raw.source })
      : text.t('failure.sourceCode', { source: raw.source, code: String(raw.code) });
  return `${head}:\n${raw.text}`;
}

/** All of it, to be pasted into a report. */
function wholeText(failure: Failure, details: readonly string[], text: Text): string {
  return [
    text.message(failure.title),
    ...details,
    ...failure.remedies.filter((remedy) => remedy.do !== 'retry').map((remedy) => `- ${remedyText(remedy, text)}`),
    rawText(failure, text),
  ]
    .filter(Boolean)
    .join('\n');
}
