import { type BrowserWindow, ipcMain } from 'electron';
import { commandChannel, eventChannel, type Reply } from '../../shared/ipc/bridge.ts';
import type { EventName, EventPayload } from '../../shared/ipc/events.ts';
import { isOurPage } from '../window.ts';

/** Sends an event to every window that is attached. */
export type Publish = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

/**
 * Connects the command and event channels with our windows. Senders that are not the main frame of one of them are
 * refused: an error is all they get.
 */
export function connectWindows(answer: (name: unknown, input: unknown) => Promise<Reply<unknown>>): {
  attach(window: BrowserWindow): void;
  publish: Publish;
} {
  const windows = new Set<BrowserWindow>();
  ipcMain.handle(commandChannel, (event, name: unknown, input: unknown) => {
    const frame = event.senderFrame;
    const ours = [...windows].some((window) => window.webContents === event.sender);
    if (!ours || !frame || !isOurPage(frame.url, frame.parent === null)) throw new Error('Not one of our windows.');
    return answer(name, input);
  });
  return {
    attach(window) {
      windows.add(window);
      window.once('closed', () => windows.delete(window));
    },
    publish(event, payload) {
      for (const window of windows) {
        if (!window.isDestroyed()) window.webContents.send(eventChannel, event, payload);
      }
    },
  };
}
