import { z } from 'zod';

export const settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** `system` follows the desktop's language; anything but Spanish there means English. */
  language: z.enum(['system', 'en', 'es']),
  /** Whether the host's own strip is shown: it is measured only then. */
  hostStrip: z.boolean(),
});
export type Settings = z.infer<typeof settings>;
export const defaultSettings: Settings = { theme: 'system', language: 'system', hostStrip: true };
