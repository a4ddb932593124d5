import { z } from 'zod';
import type { Versions } from './json-file.ts';

/** What the identity store keeps, as it is on the disk. */
export const identityContent = z.strictObject({
  schemaVersion: z.literal(2),
  /** Engine id to native id to guest. */
  engines: z.record(
    z.string(),
    z.record(
      z.string(),
      z.strictObject({
        guest: z.string(),
        /** Unix time in milliseconds at which its engine first listed its guests without it. */
        goneSince: z.number().optional(),
      }),
    ),
  ),
});
export type IdentityContent = z.output<typeof identityContent>;

const version1 = z.object({
  schemaVersion: z.literal(1),
  engines: z.record(z.string(), z.record(z.string(), z.string())),
});

export const identityVersions: Versions = {
  current: 2,
  steps: [
    (old) => old, // there never was a version 0: the next step refuses it
    // Guests that were not listed were forgotten at once: now they stay a while, with the time.
    (old) => {
      const engines = Object.entries(version1.parse(old).engines).map(([engine, guests]) => [
        engine,
        Object.fromEntries(Object.entries(guests).map(([native, guest]) => [native, { guest }])),
      ]);
      return { schemaVersion: 2, engines: Object.fromEntries(engines) };
    },
  ],
};
