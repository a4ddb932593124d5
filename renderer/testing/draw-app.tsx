import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { onTestFinished, vi } from 'vitest';
import type { InventoryCopy, InventoryPatch } from '../../shared/inventory.ts';
import type { Settings } from '../../shared/settings.ts';
import { gridId } from '../actions/focus-screen.ts';
import { App } from '../app.tsx';
import { FakeBridge } from '../bridge/testing/fake-bridge.ts';
import { rowId } from '../screens/guests/grid-keys.ts';
import { createStores } from '../stores/app-stores.ts';
import { StoresProvider } from '../stores/context.tsx';
import { bothEngines, idOf } from './guests.ts';

/** Height of the list in CSS pixels, as far as the page knows: room for 20 rows. */
const listHeight = 600;

/** The page has no layout here; without a height the list would draw no rows. */
function giveListARoom(): void {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(listHeight);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1200);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(listHeight);
}

interface Start {
  readonly settings?: Partial<Settings>;
  /** Changes the answers of main before the window asks. */
  readonly prepare?: (main: FakeBridge) => void;
}

/** The whole window over a main that the test plays. Both engines are live unless told otherwise. */
export async function drawApp(inventory: Partial<InventoryCopy> = {}, { settings, prepare }: Start = {}) {
  giveListARoom();
  const main = new FakeBridge({ engines: [...bothEngines], ...inventory });
  main.settings = { ...main.settings, ...settings };
  prepare?.(main);
  const stores = createStores(main.bridge);
  onTestFinished(() => {
    cleanup();
    stores.stop();
    vi.restoreAllMocks();
  });
  await stores.ready;
  render(
    <StoresProvider stores={stores}>
      <App />
    </StoresProvider>,
  );
  await act(async () => {
    await vi.waitFor(() => {
      const { loaded, failure } = stores.inventory.getState();
      if (!loaded && !failure) throw new Error('Main has not answered yet.');
    });
  });
  return {
    main,
    stores,
    /** Main tells of a change. */
    tell: (part: Partial<InventoryPatch>): void => act(() => main.patch(part)),
  };
}

/** The row of a guest made by aGuest, by its name. */
export function rowOf(name: string): HTMLElement {
  const row = document.getElementById(rowId(idOf(name)));
  if (!row) throw new Error(`${name} is not in the list.`);
  return row;
}

/** The names in the list, from top to bottom. */
export function listedNames(): (string | null)[] {
  return [...document.querySelectorAll(`#${gridId} .guest-name`)].map((name) => name.textContent);
}

/** The names of the rows that are chosen, from top to bottom. */
export function chosenNames(): (string | null | undefined)[] {
  const rows = document.querySelectorAll(`#${gridId} [role=row][aria-selected=true]:not(.group-row)`);
  return [...rows].map((row) => row.querySelector('.guest-name')?.textContent);
}

/** The list itself, flat or in groups. */
export function theList(): HTMLElement {
  return screen.queryByRole('treegrid') ?? screen.getByRole('grid');
}

type Held = Pick<KeyboardEventInit, 'ctrlKey' | 'shiftKey'>;

export function clickRow(name: string, held: Held = {}): void {
  fireEvent.click(rowOf(name), held);
}

/** Presses a key while the list has the keyboard. */
export function pressInList(key: string, held: Held = {}): void {
  fireEvent.keyDown(theList(), { key, ...held });
}

/** A button of the bar with the verbs, by its words. */
export function verbButton(name: string): HTMLElement {
  return within(screen.getByRole('toolbar')).getByText(name).closest('button') as HTMLElement;
}

/** What a control is described by, as a screen reader says it. */
export function descriptionOf(control: HTMLElement): string | null | undefined {
  const id = control.getAttribute('aria-describedby');
  return id ? document.getElementById(id)?.textContent : undefined;
}

export function typeFilter(filter: string): void {
  fireEvent.change(screen.getByLabelText('Filter guests'), { target: { value: filter } });
}
