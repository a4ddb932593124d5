import { createStore, type StoreApi } from 'zustand/vanilla';
import { defaultSettings } from '../../shared/default-settings.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { type Language, languageFor } from '../text/languages.ts';

/** What the window knows of the app and the person's settings. */
export interface AppFacts {
  readonly settings: Settings;
  /** What the setting `system` means now. */
  readonly language: Language;
  readonly systemLanguage: string;
  readonly version: string;
  readonly electron: string;
  readonly demo: boolean;
  /** Whether the desktop shows a tray. */
  readonly tray: boolean;
}
export type SettingsStore = StoreApi<AppFacts>;

export function createSettingsStore(bridge: Bridge): SettingsStore {
  const store = createStore<AppFacts>(() => ({
    settings: defaultSettings,
    systemLanguage: navigator.language,
    language: languageFor('system', navigator.language),
    version: '',
    electron: '',
    demo: false,
    tray: false,
  }));
  bridge.listen('settings.changed', (settings) => takeOver(store, settings));
  return store;
}

/** Asks main for what it knows of the app; until then the defaults hold. @returns what went wrong at main's start */
export async function readAppFacts(store: SettingsStore, bridge: Bridge): Promise<readonly Failure[]> {
  const reply = await bridge.call('app.read', {});
  if (!reply.ok) return []; // the window works without; what failed will fail again where it can be shown
  const { settings, failures, ...facts } = reply.value;
  store.setState(facts);
  takeOver(store, settings);
  return failures;
}

/** The settings as main has kept them. */
export function takeOver(store: SettingsStore, settings: Settings): void {
  store.setState((now) => ({ settings, language: languageFor(settings.language, now.systemLanguage) }));
}
