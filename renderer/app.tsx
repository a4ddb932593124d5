import { Server, Settings as SettingsIcon } from 'lucide-react';
import { type ComponentType, useEffect } from 'react';
import { showTasks } from './actions/show-tasks.ts';
import { listenForKeys } from './actions/window-keys.ts';
import { ConfirmVerb } from './parts/confirm-verb.tsx';
import { DiagnosticsDialog } from './parts/diagnostics-dialog.tsx';
import { SnapshotForm } from './parts/forms/snapshot-form.tsx';
import { VerbForm } from './parts/forms/verb-form.tsx';
import { keepFocus } from './parts/keep-focus.ts';
import { KeysDialog } from './parts/keys-dialog.tsx';
import { LiveRegion } from './parts/live-region.tsx';
import { NavRail, type RailEntry } from './parts/nav-rail.tsx';
import { Notices } from './parts/notices.tsx';
import { Palette } from './parts/palette/palette.tsx';
import { QuitDialog } from './parts/quit-dialog.tsx';
import { StatusBar } from './parts/status-bar/status-bar.tsx';
import { useReadyMarks } from './parts/use-ready-marks.ts';
import { GuestsScreen } from './screens/guests/guests-screen.tsx';
import { SettingsScreen } from './screens/settings/settings-screen.tsx';
import { useAppFacts, useStores, useView } from './stores/context.tsx';

/** Every screen there is: adding one is a line here and a folder in screens/. */
const screens: readonly (RailEntry & { Screen: ComponentType })[] = [
  { id: 'guests', title: 'guests.title', icon: Server, Screen: GuestsScreen },
  { id: 'settings', title: 'settings.title', icon: SettingsIcon, atEnd: true, Screen: SettingsScreen },
];

/** The frame of the window: rail, screen, status bar, and what floats over them. */
export function App() {
  const stores = useStores();
  const current = useView((view) => view.screen);
  const theme = useAppFacts((facts) => facts.settings.theme);
  const language = useAppFacts((facts) => facts.language);
  useReadyMarks();
  useEffect(() => listenForKeys(stores), [stores]);
  useEffect(keepFocus, []);
  useEffect(() => stores.bridge.listen('app.notificationFollowed', () => showTasks.run(undefined, stores)), [stores]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const Screen = screens.find((screen) => screen.id === current)?.Screen;
  return (
    <div className="window">
      <NavRail screens={screens} current={current} onGo={(screen) => stores.view.setState({ screen })} />
      {Screen && <Screen />}
      <StatusBar />
      <Notices />
      <VerbForm />
      <SnapshotForm />
      <ConfirmVerb />
      <KeysDialog />
      <Palette />
      <DiagnosticsDialog />
      <QuitDialog />
      <LiveRegion />
    </div>
  );
}
