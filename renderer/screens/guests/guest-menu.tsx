import { Copy, type LucideIcon } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { verbAction } from '../../actions/act-on-guests.ts';
import { copyText } from '../../actions/copy-text.ts';
import { jointOffers, offerReason } from '../../actions/verb-offers.ts';
import { Floating } from '../../parts/floating.tsx';
import type { Box } from '../../parts/place.ts';
import { useStores, useText } from '../../stores/context.tsx';
import { gridId } from './grid-keys.ts';
import { useChosen } from './use-chosen.ts';

/** Where the menu opens: at the pointer, or at the row where the keyboard is. */
export type MenuPlace = Box;

interface Item {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly reason?: string | undefined;
  readonly ready: boolean;
  run(): void;
}

/** The verbs of the chosen guests, and what of a guest is worth copying. */
export function GuestMenu({ place, onClose }: { place: MenuPlace; onClose: () => void }) {
  const text = useText();
  const chosen = useChosen();
  const panel = useRef<HTMLDivElement>(null);
  const items = useItems();
  const only = chosen.length === 1 ? chosen[0] : undefined;

  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    function elsewhere(event: Event): void {
      if (!(event.target instanceof Node && panel.current?.contains(event.target))) onClose();
    }
    document.addEventListener('pointerdown', elsewhere, true);
    window.addEventListener('blur', onClose);
    return () => {
      document.removeEventListener('pointerdown', elsewhere, true);
      window.removeEventListener('blur', onClose);
    };
  }, [onClose]);

  // Its guests are gone: it must not come back for the next one that is chosen.
  const nobody = chosen.length === 0;
  useEffect(() => {
    if (!nobody) return;
    onClose();
    document.getElementById(gridId)?.focus();
  }, [nobody, onClose]);

  function close(): void {
    onClose();
    document.getElementById(gridId)?.focus();
  }

  function pressed(event: KeyboardEvent): void {
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      close();
      return;
    }
    const all = [...(panel.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const here = all.indexOf(document.activeElement as HTMLElement);
    const goal = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    all.at(goal % all.length)?.focus();
  }

  if (nobody) return null;
  return (
    <Floating
      anchor={() => place}
      prefer="below"
      className="panel menu"
      role="menu"
      label={only ? text.t('menu.title', { name: only.name }) : text.t('menu.titleMany', { count: chosen.length })}
      panelRef={panel}
    >
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className="menu-item"
          data-apart={item.id === 'menu.copyName' || undefined}
          aria-disabled={item.ready ? undefined : true}
          title={item.reason}
          onKeyDown={pressed}
          onClick={() => {
            if (!item.ready) return;
            close();
            item.run();
          }}
        >
          <item.icon size={14} aria-hidden />
          <span>{item.label}</span>
          {item.reason && <span className="for-readers">{item.reason}</span>}
        </button>
      ))}
    </Floating>
  );
}

function useItems(): Item[] {
  const stores = useStores();
  const text = useText();
  const chosen = useChosen();
  const only = chosen.length === 1 ? chosen[0] : undefined;
  const verbs = jointOffers(chosen).map((offer): Item => {
    const action = verbAction(offer.verb);
    return {
      id: action.id,
      icon: action.icon,
      label: action.label(offer, text),
      reason: offerReason(offer, text),
      ready: offer.ready.length > 0,
      run: () => action.run(offer, stores),
    };
  });
  if (!only) return verbs;
  const copies = [
    ['menu.copyName', only.name],
    ['menu.copyId', only.nativeId],
    ['menu.copyAddress', only.addresses[0]],
  ] as const;
  return [
    ...verbs,
    ...copies.flatMap(([key, value]): Item[] =>
      value ? [{ id: key, icon: Copy, label: text.t(key), ready: true, run: () => copyText.run(value, stores) }] : [],
    ),
  ];
}
