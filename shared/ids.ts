import { z } from 'zod';

/**
 * One connection to libvirt or to a Docker-compatible API, for example `libvirt:qemu:///system` or
 * `docker:unix:///var/run/docker.sock`. Stable over restarts of the app.
 */
export const engineId = z.string().min(1).max(512).brand('EngineId');
export type EngineId = z.infer<typeof engineId>;

/**
 * A guest of one engine. For a domain it is made from its UUID; for a container it is an id of ours given at first
 * sight, since Docker gives a new id each time a container is recreated. Opaque: nothing may take it apart.
 */
export const guestId = z.string().min(1).max(700).brand('GuestId');
export type GuestId = z.infer<typeof guestId>;

export const taskId = z.string().min(1).max(100).brand('TaskId');
export type TaskId = z.infer<typeof taskId>;
