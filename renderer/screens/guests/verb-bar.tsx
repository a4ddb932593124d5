import { Ellipsis } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { verbAction } from '../../actions/act-on-guests.ts';
import { toggleDetail } from '../../actions/toggle-detail.ts';
import { snapshotsShown, toggleSnapshots } from '../../actions/toggle-snapshots.ts';
import type { UserAction } from '../../actions/user-action.ts';
import { type JointOffer, jointOffers, offerReason } from '../../actions/verb-offers.ts';
import { mainVerbs, sectionsOf } from '../../actions/verb-sections.ts';
import { Menu } from '../../parts/menu.tsx';
import type { Box } from '../../parts/place.ts';
import { WithTip } from '../../parts/with-tip.tsx';
import { useSizes, useStores, useText, useView } from '../../stores/context.tsx';
import { inSections, useOfferItems } from './guest-menu.tsx';
import { useChosen } from './use-chosen.ts';

/** What can be done to the chosen guests; where something can't, the button says why. */
export function VerbBar() {
  const text = useText();
  const chosen = useChosen();
  return (
    <div className="verb-bar" role="toolbar" aria-label={text.t('guests.verbs')}>
      {chosen.length === 0 ? (
        <span className="quiet-text">{text.t('guests.noneSelected')}</span>
      ) : (
        <>
          <Verbs offers={jointOffers(chosen)} />
          <span className="quiet-text selected-count">{text.t('guests.selected', { count: chosen.length })}</span>
        </>
      )}
      <div className="bar-end">
        <PaneButton action={toggleSnapshots} open={useSizes(snapshotsShown)} />
        <PaneButton action={toggleDetail} open={useView((view) => view.detailOpen)} />
      </div>
    </div>
  );
}

/** Folds and unfolds a pane. */
function PaneButton({ action, open }: { action: UserAction<boolean>; open: boolean }) {
  const stores = useStores();
  const text = useText();
  const label = action.label(open, text);
  return (
    <button
      type="button"
      className="button small icon-only quiet"
      aria-pressed={open}
      aria-label={label}
      title={label}
      onClick={() => action.run(open, stores)}
    >
      <action.icon size={16} aria-hidden />
    </button>
  );
}

/** The main verbs as far as there is room for them; the others are under More. */
function Verbs({ offers }: { offers: readonly JointOffer[] }) {
  const sections = sectionsOf(offers);
  const main = sections.flat().filter(({ verb }) => mainVerbs.has(verb));
  const row = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(main.length);
  const words = main.map((offer) => `${offer.verb} ${offer.labels.length} ${offer.ready.length} ${offer.total}`).join();

  // Those that do not fit in the first line are wrapped into a second one, which nobody sees.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words have other widths
  useLayoutEffect(() => {
    const element = row.current;
    if (!element) return;
    function count(): void {
      const buttons = [...(element?.children ?? [])] as HTMLElement[];
      const top = buttons[0]?.offsetTop ?? 0;
      setRoom(buttons.filter((button) => button.offsetTop === top).length);
    }
    count();
    const observer = new ResizeObserver(count);
    observer.observe(element);
    return () => observer.disconnect();
  }, [words]);

  const shown = new Set(main.slice(0, room).map(({ verb }) => verb));
  const rest = sections.map((section) => section.filter(({ verb }) => !shown.has(verb)));
  return (
    <>
      <div ref={row} className="verbs">
        {main.map((offer) => (
          <VerbButton key={offer.verb} offer={offer} hidden={!shown.has(offer.verb)} />
        ))}
      </div>
      {rest.some((section) => section.length > 0) && <MoreVerbs sections={rest} />}
    </>
  );
}

/** A verb that is not ready stays in reach of the keyboard: its reason must be readable too. */
function VerbButton({ offer, hidden }: { offer: JointOffer; hidden: boolean }) {
  const stores = useStores();
  const text = useText();
  const reasonId = useId();
  const action = verbAction(offer.verb);
  const reason = offerReason(offer, text);
  const ready = offer.ready.length > 0;
  return (
    <WithTip tip={reason} {...(hidden && { className: 'verb-hidden' })}>
      <button
        type="button"
        className="button"
        data-verb={offer.verb}
        aria-disabled={ready ? undefined : true}
        aria-describedby={reason ? reasonId : undefined}
        onClick={() => action.run(offer, stores)}
      >
        <action.icon size={14} aria-hidden />
        <span>{action.label(offer, text)}</span>
      </button>
      {reason && (
        <span id={reasonId} className="for-readers">
          {reason}
        </span>
      )}
    </WithTip>
  );
}

function MoreVerbs({ sections }: { sections: readonly (readonly JointOffer[])[] }) {
  const text = useText();
  const items = useOfferItems();
  const button = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<Box>();
  const [close] = useState(() => () => setPlace(undefined));
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button"
        aria-haspopup="menu"
        aria-expanded={place !== undefined}
        onClick={() => setPlace(place ? undefined : button.current?.getBoundingClientRect())}
      >
        <Ellipsis size={14} aria-hidden />
        <span>{text.t('menu.more')}</span>
      </button>
      {place && (
        <Menu
          place={place}
          label={text.t('menu.moreTitle')}
          items={inSections(sections.map(items))}
          opener={button}
          onClose={close}
          giveBack={() => button.current?.focus()}
        />
      )}
    </>
  );
}
