import { focusScreen } from '../actions/focus-screen.ts';

/** What can be given the focus, whether or not Tab stops there. */
const focusable = '[tabindex], button, input, select, textarea, a[href], summary';

/**
 * When the element that has the keyboard is taken out of the page (its guest is deleted, its notice dismissed), the
 * browser gives the keyboard to nobody: Escape and arrows are dead. Here it goes to the nearest part around it that is
 * left, else to the screen. Returns what stops that.
 */
export function keepFocus(): () => void {
  /** The element that has the keyboard, and what was around it, inside out. */
  let held: Element[] = [];

  function arrived({ target }: Event): void {
    held = [];
    for (let at = target instanceof Element ? target : null; at; at = at.parentElement) held.push(at);
  }
  function pressed(): void {
    // A person who has pressed beside everything has put the keyboard down.
    if (document.activeElement === document.body && held[0]?.isConnected) held = [];
  }
  function changed(): void {
    if (document.activeElement !== document.body || !held[0] || held[0].isConnected) return;
    const left = held.filter((element) => element.isConnected);
    held = [];
    for (const element of left) {
      const goal = element.matches('dialog') ? firstIn(element) : element.matches(focusable) ? element : undefined;
      if (!(goal instanceof HTMLElement)) continue;
      goal.focus({ preventScroll: true });
      return;
    }
    focusScreen();
  }

  const observer = new MutationObserver(changed);
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', arrived);
  document.addEventListener('pointerup', pressed, true);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', arrived);
    document.removeEventListener('pointerup', pressed, true);
  };
}

function firstIn(dialog: Element): Element | null {
  return dialog.querySelector('[data-focus-first]') ?? dialog.querySelector(focusable);
}
