import type { Bridge } from '../bridge/bridge.ts';
import type { Text } from '../text/make-text.ts';
import type { SettingsStore } from './settings-store.ts';

/** Gives main the words to ask with before quitting, should the page be too busy to ask. @returns what stops that */
export function followQuitWords(bridge: Bridge, settings: SettingsStore, text: () => Text): () => void {
  function send(): void {
    const { t } = text();
    const words = { title: t('quit.title'), text: t('quit.busy'), stay: t('quit.no'), quit: t('quit.yes') };
    void bridge.call('app.setQuitWords', words);
  }
  send();
  return settings.subscribe((now, before) => now.language !== before.language && send());
}
