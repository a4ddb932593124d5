import { type KeyboardEvent, memo } from 'react';
import { useSelection, useSizes, useText } from '../../../stores/context.tsx';
import { useChosen } from '../use-chosen.ts';
import { configSearchId } from './configuration.tsx';
import { ManyGuests } from './many-guests.tsx';
import { OneGuest } from './one-guest.tsx';
import { detailId, PaneDivider } from './pane-divider.tsx';

/** What is known of the chosen guest, or of many together, below the list; one line while none is chosen. */
export function DetailPane() {
  const text = useText();
  const height = useSizes(({ sizes }) => sizes.detailHeight);
  const none = useSelection((selection) => selection.chosen.size === 0);
  return (
    <>
      {!none && <PaneDivider />}
      <section
        id={detailId}
        className="detail"
        data-none={none || undefined}
        aria-label={text.t('detail.title')}
        onKeyDown={findInside}
        style={height === undefined || none ? undefined : { flexBasis: height }}
      >
        <Content />
      </section>
    </>
  );
}

/** Ctrl+F searches the configuration while that is shown, else it filters the list as everywhere. */
function findInside(event: KeyboardEvent): void {
  const box = document.getElementById(configSearchId);
  if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || !(box instanceof HTMLInputElement))
    return;
  event.preventDefault();
  box.focus();
  box.select();
}

/** Apart, so that dragging the pane redraws its frame only. */
const Content = memo(function Content() {
  const text = useText();
  const chosen = useChosen();
  const [first] = chosen;
  if (!first) return <p className="quiet-text detail-none">{text.t('guests.noneSelected')}</p>;
  return chosen.length === 1 ? <OneGuest guest={first} /> : <ManyGuests guests={chosen} />;
});
