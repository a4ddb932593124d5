import { z } from 'zod';

/** An engine that the person has added: a libvirt URI, or a Docker host (`unix:///…`, `tcp://…`). */
export const addedConnection = z.strictObject({
  kind: z.enum(['libvirt', 'docker']),
  address: z.string().min(1).max(500),
});
export type AddedConnection = z.infer<typeof addedConnection>;

export const settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** `system` follows the desktop's language; anything but Spanish there means English. */
  language: z.enum(['system', 'en', 'es']),
  /** Whether the host's own strip is shown: it is measured only then. */
  hostStrip: z.boolean(),
  /** Seconds between two measurements of what is on screen, and of all guests while sorted by a figure. */
  pollOnScreen: z.number().min(1).max(60),
  pollAll: z.number().min(5).max(600),
  /** What closing the window does. Where the desktop has no tray, it always quits. */
  closing: z.enum(['quit', 'tray']),
  /** Desktop notifications of failures while the window is not in front. */
  notifications: z.boolean(),
  /** Engine ids that are found here and not to be used. */
  ignoredEngines: z.array(z.string().max(512)).max(200),
  addedConnections: z.array(addedConnection).max(50),
});
export type Settings = z.infer<typeof settings>;
