import { contextBridge, ipcRenderer } from 'electron';
import { commandChannel, eventChannel, type PosadaBridge } from '../shared/ipc/bridge.ts';

// Two channels for everything: adding a command or an event changes nothing here. Main checks names and values.
const bridge: PosadaBridge = {
  call: (command, input) => ipcRenderer.invoke(commandChannel, command, input),
  listen: (heard) => {
    const hear = (_event: unknown, name: string, payload: unknown): void => heard(name, payload);
    ipcRenderer.on(eventChannel, hear);
    return () => ipcRenderer.off(eventChannel, hear);
  },
};
contextBridge.exposeInMainWorld('posada', bridge);
