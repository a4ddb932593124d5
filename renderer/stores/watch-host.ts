import type { Bridge } from '../bridge/bridge.ts';
import type { HostStore } from './host-store.ts';
import type { SettingsStore } from './settings-store.ts';

/** Has the host measured only while its strip is shown and somebody can see it. Returns what stops that. */
export function watchHost(bridge: Bridge, settings: SettingsStore, host: HostStore): () => void {
  let on = false;
  function follow(): void {
    const wanted = settings.getState().settings.hostStrip && document.visibilityState !== 'hidden';
    if (wanted === on) return;
    on = wanted;
    if (!on) host.setState({ sample: undefined }); // old figures must not be taken for new ones later
    void bridge.call('host.watch', { on });
  }
  document.addEventListener('visibilitychange', follow);
  const unsubscribe = settings.subscribe(follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    unsubscribe();
  };
}
