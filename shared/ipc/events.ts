import { z } from 'zod';
import { guestEvent } from '../guest-event.ts';
import { inventoryPatch } from '../inventory.ts';
import { guestSample, hostSample } from '../metrics.ts';
import { settings } from '../settings.ts';

/** THE event map (main to renderer). */
export const events = {
  'inventory.patch': inventoryPatch,
  /** Lossy: the renderer keeps what it needs. */
  'metrics.sample': z.strictObject({ samples: z.array(guestSample) }),
  'host.sample': hostSample,
  'guest.happened': z.strictObject({ events: z.array(guestEvent) }),
  'settings.changed': settings,
  /** Which connections there are, or are used, has changed. */
  'connection.changed': z.strictObject({}),
  /** Something in the tray's menu was chosen. */
  'tray.chosen': z.strictObject({ id: z.string() }),
  /** The person came by a notification; the window is in front. */
  'app.notificationFollowed': z.strictObject({}),
  /** The person wants to quit while tasks run: the window asks, and says that it does. */
  'app.quitAsked': z.strictObject({ running: z.number() }),
} as const;

export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;
