/** The list of guests has this id, so that the keyboard can be sent to it. */
export const gridId = 'guest-grid';

/** Gives the keyboard to the list of guests. */
export function focusGrid(): void {
  document.getElementById(gridId)?.focus({ preventScroll: true });
}

/** Gives the keyboard to the screen that is shown: to what is marked data-focus-first, else to its title. */
export function focusScreen(): void {
  const goal = document.querySelector<HTMLElement>('main [data-focus-first]');
  (goal ?? document.querySelector<HTMLElement>('main h1'))?.focus({ preventScroll: true });
}
