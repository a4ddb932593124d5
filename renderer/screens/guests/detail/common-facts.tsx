import { Pencil, X } from 'lucide-react';
import type { Guest } from '../../../../shared/guest.ts';
import type { Verb } from '../../../../shared/verbs.ts';
import { verbAction } from '../../../actions/act-on-guests.ts';
import { jointOffers } from '../../../actions/verb-offers.ts';
import { EngineText } from '../../../parts/engine-text.tsx';
import { Popover } from '../../../parts/popover.tsx';
import { useNow } from '../../../parts/use-now.ts';
import { useInventory, useStores, useText } from '../../../stores/context.tsx';
import { visibleText } from '../../../text/visible-text.ts';
import { Copyable, Fact } from './facts.tsx';

/** How it is run, in plain words, with what that means. */
export function VirtualizationFact({ guest: { virtualization, domainType } }: { guest: Guest }) {
  const text = useText();
  return (
    <Fact term={text.t('column.virtualization')}>
      {virtualization && (
        <span className="with-link">
          <span title={domainType}>
            {text.t(`virtualization.${virtualization}`)}
            {domainType && ` (${visibleText(domainType)})`}
          </span>
          <Popover
            face={<span>{text.t('virtualization.what')}</span>}
            buttonClass="link-button"
            label={text.t('virtualization.what')}
            className="explanation"
          >
            {() => <p>{text.t(`virtualization.${virtualization}.means`)}</p>}
          </Popover>
        </span>
      )}
    </Fact>
  );
}

/** When it was made and started, and how long it has been on. */
export function TimeFacts({ guest }: { guest: Guest }) {
  const text = useText();
  const { createdAt, startedAt } = guest;
  const on = startedAt !== undefined && (guest.state === 'running' || guest.state === 'paused');
  const now = useNow(on);
  return (
    <>
      <Fact term={text.t('detail.started')}>
        {startedAt !== undefined &&
          text.t('detail.startedValue', {
            time: text.dateTime(startedAt),
            ago: on ? text.duration(now - startedAt) : text.ago(now - startedAt),
          })}
      </Fact>
      <Fact term={text.t('detail.created')}>{createdAt !== undefined && text.dateTime(createdAt)}</Fact>
    </>
  );
}

/** The line of the person's own, the tags, and what it belongs to. */
export function BelongingFacts({ guest }: { guest: Guest }) {
  const text = useText();
  const engine = useInventory((inventory) => inventory.engines.get(guest.engine));
  return (
    <>
      <Fact term={text.t('detail.tags')}>
        <TagChips guest={guest} />
      </Fact>
      <Fact term={text.t('setTitle.field')}>
        <span className="with-button">
          {guest.title ? <EngineText text={guest.title} className="wraps" /> : <span>{text.t('detail.none')}</span>}
          <AskButton guest={guest} verb="setTitle" />
        </span>
      </Fact>
      <Fact term={text.t('column.lab')}>{guest.lab && <EngineText text={guest.lab} className="wraps" />}</Fact>
      <Fact term={text.t('detail.protected')}>{text.t(guest.protected ? 'detail.yes' : 'detail.no')}</Fact>
      <Fact term={text.t('detail.engine')}>{engine && <EngineText text={engine.name} className="wraps" />}</Fact>
      <Fact term={text.t('detail.id')}>
        <Copyable value={guest.nativeId} label={text.t('menu.copyId')} />
      </Fact>
    </>
  );
}

function TagChips({ guest }: { guest: Guest }) {
  const stores = useStores();
  const text = useText();
  const mayChange = guest.offers.some(({ verb, ready }) => verb === 'setTags' && ready);
  return (
    <span className="chips">
      {guest.tags.map((tag) => (
        <span key={tag} className="chip">
          <EngineText text={tag} />
          {mayChange && (
            <button
              type="button"
              aria-label={text.t('setTags.remove', { tag })}
              title={text.t('setTags.remove', { tag })}
              onClick={() => void stores.orders.act([guest.id], { verb: 'setTags', add: [], remove: [tag] })}
            >
              <X size={12} aria-hidden />
            </button>
          )}
        </span>
      ))}
      {guest.tags.length === 0 && <span className="quiet-text">{text.t('detail.none')}</span>}
      <AskButton guest={guest} verb="setTags" />
    </span>
  );
}

/** A small button beside a fact that opens the form which changes it. */
export function AskButton({ guest, verb }: { guest: Guest; verb: Verb }) {
  const stores = useStores();
  const text = useText();
  const offer = jointOffers([guest]).find((joint) => joint.verb === verb && joint.ready.length > 0);
  if (!offer) return null;
  const action = verbAction(verb);
  const label = action.label(offer, text);
  return (
    <button
      type="button"
      className="button small icon-only quiet"
      aria-label={label}
      title={label}
      onClick={() => action.run(offer, stores)}
    >
      <Pencil size={13} aria-hidden />
    </button>
  );
}

/** What starts it without a person. */
export function StartupFact({ guest }: { guest: Guest }) {
  const text = useText();
  const { startup } = guest;
  const policy = startup?.by === 'restartPolicy' ? startup : undefined;
  const term = text.t(policy ? 'detail.restartPolicy' : 'startup.autostart');
  return (
    <Fact term={term}>
      {startup?.by === 'autostart' && text.t(startup.on ? 'detail.yes' : 'detail.no')}
      {policy && (
        <span className="with-button">
          <span>
            {text.t(`policy.${policy.policy}`)}
            {policy.maximumRetries ? ` · ${text.t('detail.retries', { count: policy.maximumRetries })}` : ''}
          </span>
          <AskButton guest={guest} verb="setRestartPolicy" />
        </span>
      )}
    </Fact>
  );
}
