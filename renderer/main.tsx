import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connectBridge } from './bridge/bridge.ts';
import { createStores } from './stores/app-stores.ts';
import { StoresProvider } from './stores/context.tsx';
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import './theme/frame.css';
import './theme/list.css';
import './theme/panes.css';
import './theme/snapshots.css';
import './theme/detail.css';
import './theme/charts.css';
import './theme/records.css';
import './theme/floating.css';
import './theme/forms.css';
import './theme/palette.css';
import './theme/settings.css';

/** The first picture waits this long for the person's theme and language, so that nothing flashes. */
const patienceMs = 300;

const root = document.getElementById('root');
if (!root || !window.posada) throw new Error('The window was opened without its preload script.');
const stores = createStores(connectBridge(window.posada));
await Promise.race([stores.ready, new Promise((go) => setTimeout(go, patienceMs))]);
createRoot(root).render(
  <StoresProvider stores={stores}>
    <App />
  </StoresProvider>,
);
