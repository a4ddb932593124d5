import { z } from 'zod';

const line = z.string().max(500);

/** The question before quitting, in the person's language: main asks it where the page does not answer. */
export const quitWords = z.strictObject({ title: line, text: line, stay: line, quit: line });
export type QuitWords = z.infer<typeof quitWords>;
