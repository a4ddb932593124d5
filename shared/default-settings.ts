import type { Settings } from './settings.ts';

// Apart from the schema: the window's script is smaller without the library for it.
export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  hostStrip: true,
  pollOnScreen: 2,
  pollAll: 10,
  closing: 'quit',
  notifications: true,
  ignoredEngines: [],
  addedConnections: [],
};
