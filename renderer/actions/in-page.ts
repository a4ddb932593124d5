/** Opens the panel of the button with this id, unless it is open. */
export function openPanel(buttonId: string): void {
  const button = document.getElementById(buttonId);
  if (button?.getAttribute('aria-expanded') === 'false') button.click();
}

/** Runs the steps one after the other, each when what the one before has opened is drawn. */
export function whenDrawn([first, ...others]: readonly (() => void)[]): void {
  if (!first) return;
  requestAnimationFrame(() => {
    first();
    whenDrawn(others);
  });
}
