import type { Text } from './make-text.ts';

/** How many guests a filter shows of how many there are. */
export function shownText(shown: number, total: number, text: Pick<Text, 't'>): string {
  return shown === total ? text.t('guests.count', { shown }) : text.t('guests.countFiltered', { shown, total });
}
