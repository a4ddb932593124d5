import { z } from 'zod';
import { engineStatus } from './engine-status.ts';
import { guest } from './guest.ts';
import { engineId, guestId } from './ids.ts';
import { task } from './task.ts';

/**
 * The full copy of what main knows. `serial` is the number of the last patch that is already in it. The renderer
 * listens first, then takes the copy, then applies the patches after `serial`; a gap means: take a new copy.
 */
export const inventoryCopy = z.strictObject({
  serial: z.int().min(0),
  engines: z.array(engineStatus),
  guests: z.array(guest),
  tasks: z.array(task),
});
export type InventoryCopy = z.infer<typeof inventoryCopy>;

/** Patch number `serial`: whole new versions of what changed, and the ids of what is gone. */
export const inventoryPatch = z.strictObject({
  serial: z.int().min(1),
  engines: z.array(engineStatus),
  enginesGone: z.array(engineId),
  guests: z.array(guest),
  guestsGone: z.array(guestId),
  tasks: z.array(task),
  tasksGone: z.array(z.string()),
});
export type InventoryPatch = z.infer<typeof inventoryPatch>;
