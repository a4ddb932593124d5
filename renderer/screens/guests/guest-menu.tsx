import { ChevronsDownUp, ChevronsUpDown, Copy } from 'lucide-react';
import { useEffect } from 'react';
import type { Guest } from '../../../shared/guest.ts';
import { verbAction } from '../../actions/act-on-guests.ts';
import { copyText } from '../../actions/copy-text.ts';
import { openablePorts, openPort } from '../../actions/open-port.ts';
import { sshCommand } from '../../actions/ssh-command.ts';
import { type JointOffer, jointOffers, offerReason } from '../../actions/verb-offers.ts';
import { sectionsOf } from '../../actions/verb-sections.ts';
import { Menu, type MenuItem } from '../../parts/menu.tsx';
import type { Box } from '../../parts/place.ts';
import { useGuestList, useStores, useText } from '../../stores/context.tsx';
import { gridId } from './grid-keys.ts';
import { useChosen } from './use-chosen.ts';

/** Where the menu opens: at the pointer, or at the row where the keyboard is. */
export type MenuPlace = Box;

/** A browser is offered for so many ports of a guest: its detail has all of them. */
const mostPorts = 4;

/** The verbs of the chosen guests, and what of a guest is worth copying or opening. */
export function GuestMenu({ place, onClose }: { place: MenuPlace; onClose: () => void }) {
  const text = useText();
  const chosen = useChosen();
  const offers = useOfferItems();
  const around = useItemsAround();
  const only = chosen.length === 1 ? chosen[0] : undefined;

  // Its guests are gone: it must not come back for the next one that is chosen.
  const nobody = chosen.length === 0;
  useEffect(() => {
    if (!nobody) return;
    onClose();
    focusGrid();
  }, [nobody, onClose]);
  if (nobody) return null;
  const sections = sectionsOf(jointOffers(chosen)).map(offers);
  const last = sections.length > 1 ? sections.splice(-1) : [];
  return (
    <Menu
      place={place}
      label={only ? text.t('menu.title', { name: only.name }) : text.t('menu.titleMany', { count: chosen.length })}
      items={inSections([...sections, ...around(only), ...last])}
      onClose={onClose}
      giveBack={focusGrid}
    />
  );
}

export function focusGrid(): void {
  document.getElementById(gridId)?.focus();
}

/** The items of several sections with a line between them. */
export function inSections(sections: readonly (readonly MenuItem[])[]): MenuItem[] {
  return sections
    .filter((section) => section.length > 0)
    .flatMap((section, place) =>
      section.map((item, index) => (place > 0 && index === 0 ? { ...item, apart: true } : item)),
    );
}

/** Makes menu items of what the chosen guests offer. */
export function useOfferItems(): (offers: readonly JointOffer[]) => MenuItem[] {
  const stores = useStores();
  const text = useText();
  return (offers) =>
    offers.map((offer) => {
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
}

/** What is not a verb: copies, ports, groups. */
function useItemsAround(): (only: Guest | undefined) => MenuItem[][] {
  const stores = useStores();
  const text = useText();
  const grouped = useGuestList((list) => list.groupBy !== 'none');
  return (only) => {
    const [address] = only?.addresses ?? [];
    const copies = [
      ['menu.copyName', only?.name],
      ['menu.copyId', only?.nativeId],
      ['menu.copyAddress', address],
      ['menu.copySsh', address && sshCommand(address)],
    ] as const;
    return [
      copies.flatMap(([key, value]): MenuItem[] =>
        value ? [{ id: key, icon: Copy, label: text.t(key), ready: true, run: () => copyText.run(value, stores) }] : [],
      ),
      (only ? openablePorts(only).slice(0, mostPorts) : []).map((port) => ({
        id: `${openPort.id} ${port.hostAddress} ${port.hostPort}`,
        icon: openPort.icon,
        label: openPort.label(port, text),
        ready: true,
        run: () => openPort.run(port, stores),
      })),
      (grouped ? ([true, false] as const) : []).map((open) => ({
        id: open ? 'group.openAll' : 'group.closeAll',
        icon: open ? ChevronsUpDown : ChevronsDownUp,
        label: text.t(open ? 'group.openAll' : 'group.closeAll'),
        ready: true,
        run: () => stores.list.getState().toggleAllGroups(open),
      })),
    ];
  };
}
