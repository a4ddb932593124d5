import type { Settings } from '../../shared/settings.ts';

export type Language = 'en' | 'es';

/** The language of the window: the person's choice, or the desktop's; what is not Spanish there is English. */
export function languageFor(chosen: Settings['language'], system: string): Language {
  if (chosen !== 'system') return chosen;
  return /^es\b/i.test(system) ? 'es' : 'en';
}
