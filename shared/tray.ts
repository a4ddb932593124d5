import { z } from 'zod';

const entry = z.strictObject({
  /** Comes back in the event `tray.chosen`; `show` and `quit` are done by main, whatever has become of the page. */
  id: z.string().max(1000),
  label: z.string().max(300),
  enabled: z.boolean(),
});

/** The tray's tip and menu, in the person's language: main only draws it. */
export const trayMenu = z.strictObject({
  tip: z.string().max(300),
  items: z.array(z.strictObject({ ...entry.shape, apart: z.boolean(), items: z.array(entry).max(20) })).max(60),
});
export type TrayMenu = z.infer<typeof trayMenu>;
