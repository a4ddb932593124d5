import { useState } from 'react';
import type { Guest } from '../../../shared/guest.ts';
import { type RestartPolicy, restartPolicies } from '../../../shared/verbs.ts';
import { useText } from '../../stores/context.tsx';
import { FormFrame, type FormProps, partFor } from './form-frame.tsx';
import { NameList } from './name-list.tsx';

const mostRetries = 1_000_000;

/** When the engine starts a container again by itself. */
export function RestartPolicyForm({ guests, onClose }: FormProps) {
  const text = useText();
  const before = jointPolicy(guests);
  const [policy, setPolicy] = useState<RestartPolicy | undefined>(before?.policy);
  const [retries, setRetries] = useState(String(before?.maximumRetries ?? 0));
  const number = Number(retries);
  const fault =
    policy === 'on-failure' &&
    (retries.trim() === '' || !Number.isInteger(number) || number < 0 || number > mostRetries);
  const action = policy && {
    verb: 'setRestartPolicy' as const,
    policy,
    ...(policy === 'on-failure' && { maximumRetries: number }),
  };
  const changing = guests.filter(
    ({ startup }) =>
      startup?.by !== 'restartPolicy' ||
      startup.policy !== policy ||
      (policy === 'on-failure' && (startup.maximumRetries ?? 0) !== number),
  );
  return (
    <FormFrame
      title={text.t('setRestartPolicy.title', { count: guests.length, name: guests[0]?.name ?? '' })}
      verb="setRestartPolicy"
      parts={action && !fault ? partFor(changing, action) : undefined}
      onClose={onClose}
    >
      {guests.length > 1 && <NameList names={guests.map((guest) => guest.name)} />}
      <fieldset className="policies">
        <legend>{text.t('setRestartPolicy.legend')}</legend>
        {restartPolicies.map((one) => (
          <label key={one} className="policy">
            <input
              type="radio"
              name="policy"
              data-focus-first={one === (policy ?? 'no') || undefined}
              checked={policy === one}
              onChange={() => setPolicy(one)}
            />
            <span>
              <strong>{text.t(`policy.${one}`)}</strong> <code dir="ltr">{one}</code>
              <span className="form-note quiet-text">{text.t(`policy.${one}.means`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {policy === 'on-failure' && (
        <label className="form-field">
          <span>{text.t('setRestartPolicy.retries')}</span>
          <input
            type="number"
            min={0}
            max={mostRetries}
            value={retries}
            aria-invalid={fault}
            onChange={(event) => setRetries(event.target.value)}
          />
          <span className={fault ? 'form-note bad-text' : 'form-note quiet-text'} aria-live="polite">
            {text.t('setRestartPolicy.retriesRule', { most: mostRetries })}
          </span>
        </label>
      )}
    </FormFrame>
  );
}

/** The policy of all of them, where they have the same. */
function jointPolicy(guests: readonly Guest[]) {
  const [first, ...others] = guests.map(({ startup }) => (startup?.by === 'restartPolicy' ? startup : undefined));
  const same = others.every(
    (other) => other?.policy === first?.policy && other?.maximumRetries === first?.maximumRetries,
  );
  return same ? first : undefined;
}
