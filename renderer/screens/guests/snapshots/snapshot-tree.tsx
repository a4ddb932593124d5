import { Camera } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Guest } from '../../../../shared/guest.ts';
import type { GuestSnapshots } from '../../../../shared/snapshot.ts';
import type { SnapshotVerb } from '../../../../shared/verbs.ts';
import { verbAction } from '../../../actions/act-on-guests.ts';
import { snapshotAction } from '../../../actions/act-on-snapshots.ts';
import { snapshotTreeId } from '../../../actions/toggle-snapshots.ts';
import { jointOffers } from '../../../actions/verb-offers.ts';
import type { Box } from '../../../parts/place.ts';
import { useNow } from '../../../parts/use-now.ts';
import { useStores, useText } from '../../../stores/context.tsx';
import { offersNow } from '../../../stores/snapshot-facts.ts';
import { SnapshotFacts } from './snapshot-facts.tsx';
import { SnapshotMenu } from './snapshot-menu.tsx';
import { SnapshotRow } from './snapshot-row.tsx';
import { SnapshotTools } from './snapshot-tools.tsx';
import { TakeButton } from './take-button.tsx';
import { now, type RowId, treeRows } from './tree-rows.ts';

/** "3 min ago" becomes "4 min ago" by itself. */
const ageMs = 20_000;

interface SnapshotTreeProps {
  guest: Guest;
  all: GuestSnapshots;
  /** Whether its engine answers: if not, nothing can be done. */
  live: boolean;
}

/** The tree with NOW, what can be done with the snapshot that is chosen in it, and what is known of that. */
export function SnapshotTree({ guest, all, live }: SnapshotTreeProps) {
  const stores = useStores();
  const text = useText();
  const id = useId();
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeRows(all), [all]);
  const time = useNow(true, ageMs);
  const [wanted, setAt] = useState<RowId>(now);
  const [menu, setMenu] = useState<Box>();
  const [closeMenu] = useState(() => () => setMenu(undefined));
  // One that is gone gives way to NOW.
  const here = Math.max(0, findRow(rows, wanted) < 0 ? findRow(rows, now) : findRow(rows, wanted));
  const row = rows[here];
  const snapshot = row?.snapshot;

  useEffect(() => document.getElementById(`${id}-${here}`)?.scrollIntoView?.({ block: 'nearest' }), [id, here]);

  if (all.snapshots.length === 0) {
    return (
      <div className="side-empty" role="status">
        <Camera size={24} aria-hidden />
        <p>{text.t('snapshots.none')}</p>
        <p className="quiet-text">{text.t('snapshots.noneMore')}</p>
        <TakeButton guest={guest} worded />
      </div>
    );
  }

  function act(verb: SnapshotVerb): void {
    const offer = snapshot && offersNow(snapshot, live).find((each) => each.verb === verb);
    if (offer) snapshotAction(verb).run({ guest, snapshot, offer }, stores);
  }
  function take(): void {
    const offer = jointOffers([guest]).find(({ verb }) => verb === 'takeSnapshot');
    if (offer) verbAction('takeSnapshot').run(offer, stores);
  }
  function openMenu(at: Box | undefined = document.getElementById(`${id}-${here}`)?.getBoundingClientRect()): void {
    if (at) setMenu({ left: at.left + 30, right: at.right, top: at.top, bottom: at.bottom });
  }
  function pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || !row) return;
    const page = Math.max(1, Math.floor((tree.current?.clientHeight ?? 0) / 42) - 1);
    const goal = {
      ...{ ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 },
      ...{ PageDown: here + page, PageUp: here - page },
      ...{ ArrowLeft: row.parent, ArrowRight: row.down ? here + 1 : here },
    }[event.key];
    if (goal !== undefined) setAt(rows[Math.max(0, Math.min(rows.length - 1, goal))]?.id ?? now);
    else if (event.key === 'Enter') snapshot ? act('restoreSnapshot') : take();
    else if (event.key === 'F2') act('editSnapshot');
    else if (event.key === 'Delete') act('deleteSnapshot');
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu();
    else return;
    event.preventDefault();
  }
  function menuAt(event: MouseEvent, at: RowId): void {
    event.preventDefault();
    setAt(at);
    const { clientX: left, clientY: top } = event;
    setMenu({ left, right: left, top, bottom: top });
  }

  return (
    <>
      <SnapshotTools guest={guest} snapshot={snapshot} live={live} />
      <div
        ref={tree}
        id={snapshotTreeId}
        role="tree"
        className="snapshot-tree"
        data-stale={!live || undefined}
        aria-label={text.t('snapshots.title', { name: guest.name })}
        aria-activedescendant={`${id}-${here}`}
        tabIndex={0}
        onKeyDown={pressed}
      >
        {rows.map((each, index) => (
          <SnapshotRow
            key={each.id}
            id={`${id}-${index}`}
            row={each}
            guest={guest}
            time={time}
            chosen={index === here}
            onChoose={() => setAt(each.id)}
            onMenu={(event) => menuAt(event, each.id)}
            onOpen={() => (each.snapshot ? act('restoreSnapshot') : take())}
          />
        ))}
      </div>
      <SnapshotFacts snapshot={snapshot} notes={all.notes} />
      {menu && (
        <SnapshotMenu
          place={menu}
          guest={guest}
          snapshot={snapshot}
          live={live}
          onClose={closeMenu}
          giveBack={() => tree.current?.focus({ preventScroll: true })}
        />
      )}
    </>
  );
}

function findRow(rows: readonly { readonly id: RowId }[], id: RowId): number {
  return rows.findIndex((each) => each.id === id);
}
