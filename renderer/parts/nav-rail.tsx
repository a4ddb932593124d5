import type { LucideIcon } from 'lucide-react';
import { openPalette } from '../actions/open-palette.ts';
import { showKeys } from '../actions/show-keys.ts';
import { useStores, useText } from '../stores/context.tsx';
import type { TextKey } from '../text/en.ts';

/** A screen that the rail leads to. */
export interface RailEntry {
  readonly id: string;
  readonly title: TextKey;
  readonly icon: LucideIcon;
  /** Among the last entries of the rail. */
  readonly atEnd?: boolean;
}

interface NavRailProps {
  screens: readonly RailEntry[];
  current: string;
  onGo: (id: string) => void;
}

export function NavRail({ screens, current, onGo }: NavRailProps) {
  const stores = useStores();
  const text = useText();
  const button = ({ id, title, icon: Icon }: RailEntry) => (
    <button
      key={id}
      type="button"
      className="rail-button"
      aria-current={id === current ? 'page' : undefined}
      onClick={() => onGo(id)}
    >
      <Icon size={20} aria-hidden />
      <span>{text.t(title)}</span>
    </button>
  );
  return (
    <div className="rail">
      <nav aria-label={text.t('app.screens')}>{screens.filter(({ atEnd }) => !atEnd).map(button)}</nav>
      <div className="rail-end">
        <button
          type="button"
          className="rail-button"
          title={`${openPalette.label(undefined, text)} (${text.t('key.Ctrl')}+K)`}
          aria-keyshortcuts="Control+K"
          onClick={() => openPalette.run(undefined, stores)}
        >
          <openPalette.icon size={20} aria-hidden />
          <span>{text.t('palette.short')}</span>
        </button>
        <button
          type="button"
          className="rail-button"
          title={`${showKeys.label(undefined, text)} (?)`}
          aria-keyshortcuts="?"
          onClick={() => showKeys.run(undefined, stores)}
        >
          <showKeys.icon size={20} aria-hidden />
          <span>{text.t('keys.title')}</span>
        </button>
        {screens.filter(({ atEnd }) => atEnd).map(button)}
      </div>
    </div>
  );
}
