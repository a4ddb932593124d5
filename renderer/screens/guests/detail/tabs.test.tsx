// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { Guest } from '../../../../shared/guest.ts';
import type { GuestEvent } from '../../../../shared/guest-event.ts';
import { say } from '../../../../shared/message.ts';
import type { FakeBridge } from '../../../bridge/testing/fake-bridge.ts';
import { clickRow, drawApp } from '../../../testing/draw-app.tsx';
import { aFailure, aGuest, anEngine, idOf, libvirt } from '../../../testing/guests.ts';

const running = (name: string, part: Partial<Guest> = {}): Guest => aGuest(name, { state: 'running', ...part });
const pane = () => within(screen.getByRole('region', { name: 'Facts' }));
const tab = (name: string): HTMLElement => pane().getByRole('tab', { name });

const xml = `<domain type='kvm'><name>web</name><devices><disk device='disk'/></devices></domain>`;
function withTexts(main: FakeBridge): void {
  main.answers['guest.configuration'] = () => ({
    texts: [
      { of: 'running', language: 'xml', text: xml },
      { of: 'next', language: 'xml', text: xml.replace('kvm', 'qemu') },
    ],
  });
}

describe('the tabs', () => {
  test('are gone through with arrow keys, and stay as they are for the next guest', async () => {
    await drawApp({ guests: [running('a'), running('b')] });
    clickRow('a');
    tab('Overview').focus();
    fireEvent.keyDown(tab('Overview'), { key: 'ArrowRight' });
    expect(tab('Events').getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement).toBe(tab('Events'));
    fireEvent.keyDown(tab('Events'), { key: 'End' });
    expect(pane().getByRole('tabpanel', { name: 'Configuration' })).toBeTruthy();
    fireEvent.keyDown(tab('Configuration'), { key: 'ArrowRight' });
    expect(tab('Overview').getAttribute('aria-selected')).toBe('true');
    fireEvent.click(tab('Events'));
    clickRow('b');
    expect(tab('Events').getAttribute('aria-selected')).toBe('true');
  });

  test('of several guests are none: there is what they are together', async () => {
    await drawApp({ guests: [running('a', { tags: ['prod', 'x'] }), aGuest('b', { tags: ['prod'] })] });
    clickRow('a');
    clickRow('b', { ctrlKey: true });
    expect(pane().queryByRole('tab')).toBeNull();
    expect(pane().getByText('Running: 1 · Stopped: 1')).toBeTruthy();
    expect(pane().getByText('prod')).toBeTruthy();
  });
});

describe('the height of the pane', () => {
  test('is changed by keys and by dragging, within bounds, and kept', async () => {
    const { main } = await drawApp({ guests: [running('a')] });
    expect(screen.queryByRole('separator', { name: 'Height of the facts' })).toBeNull();
    clickRow('a');
    const divider = screen.getByRole('separator', { name: 'Height of the facts' });
    const height = (): number => Number(divider.getAttribute('aria-valuenow'));
    const before = height();
    fireEvent.keyDown(divider, { key: 'ArrowUp' });
    expect(height()).toBe(before + 24);
    fireEvent.keyDown(divider, { key: 'Home' });
    expect(height()).toBe(Number(divider.getAttribute('aria-valuemax')));
    expect(window.innerHeight - height()).toBeGreaterThan(100);
    fireEvent.keyDown(divider, { key: 'End' });
    expect(height()).toBe(Number(divider.getAttribute('aria-valuemin')));
    await vi.waitFor(() => expect(main.inputs('views.keep')).toContainEqual({ sizes: { detailHeight: height() } }));
    fireEvent.keyDown(divider, { key: 'Enter' });
    expect(screen.queryByRole('region', { name: 'Facts' })).toBeNull();
  });

  test('is the one of the last time', async () => {
    await drawApp(
      { guests: [running('a')] },
      {
        prepare: (main) => (main.answers['views.read'] = () => ({ saved: [], sizes: { detailHeight: 222, other: 1 } })),
      },
    );
    clickRow('a');
    expect(screen.getByRole('separator', { name: 'Height of the facts' }).getAttribute('aria-valuenow')).toBe('222');
  });
});

describe('events', () => {
  const event = (id: number, part: Partial<GuestEvent>): GuestEvent => ({
    ...{ id, guest: idOf('a'), at: 1_700_000_000_000 + id, from: 'engine', what: say('event.started'), bad: false },
    ...part,
  });
  async function openEvents(events: GuestEvent[]) {
    const app = await drawApp(
      { guests: [running('a'), running('b')] },
      { prepare: (main) => (main.answers['guest.events'] = () => ({ events })) },
    );
    clickRow('a');
    await act(async () => fireEvent.click(tab('Events')));
    return app;
  }
  const lines = (): (string | undefined)[] =>
    within(pane().getByRole('list', { name: 'Events' }))
      .queryAllByRole('listitem')
      .map((line) => line.querySelector('.event-what')?.textContent ?? undefined);

  test('are listed newest first, in words, bad ones marked, and go on as they happen', async () => {
    const { main } = await openEvents([
      event(1, {}),
      event(2, { from: 'posada', what: say('event.failed', { verb: 'verb.shutDown' }), bad: true }),
    ]);
    expect(lines()).toEqual(['Shut down: failedProblem', 'Started']);
    const killed = say('event.killed', { signal: 9 });
    act(() => main.send('guest.happened', { events: [event(3, { what: killed }), event(4, { guest: idOf('b') })] }));
    expect(lines()[0]).toBe('Got signal 9');
    expect(lines()).toHaveLength(3);
  });

  test('of a task that failed show why, also when the task has been cleared', async () => {
    const what = say('event.failed', { verb: 'verb.start' });
    const failed = { action: { verb: 'start' }, failure: aFailure('a') } as const;
    await openEvents([event(1, { from: 'posada', what, bad: true, failed })]);
    expect(pane().getByText('a could not be started')).toBeTruthy();
  });

  test('are filtered by their words', async () => {
    await openEvents([event(1, {}), event(2, { what: say('event.crashed') })]);
    const box = pane().getByLabelText('Filter events');
    fireEvent.change(box, { target: { value: 'CRASH' } });
    expect(lines()).toEqual(['Crashed']);
    expect(pane().getByText('1 of 2')).toBeTruthy();
    fireEvent.change(box, { target: { value: 'zzz' } });
    expect(pane().getByText('No event matches “zzz”.')).toBeTruthy();
  });

  test('say so while there are none', async () => {
    await openEvents([]);
    expect(pane().getByText('Nothing has happened to it since Posada was opened.')).toBeTruthy();
  });
});

describe('the configuration', () => {
  async function openConfiguration(prepare = withTexts) {
    const app = await drawApp({ guests: [running('a')] }, { prepare });
    clickRow('a');
    await act(async () => fireEvent.click(tab('Configuration')));
    return app;
  }
  const nodes = (): (string | null)[] =>
    pane()
      .getAllByRole('treeitem')
      .map((node) => node.textContent);
  const current = (): string | null | undefined =>
    pane().getByRole('tree').querySelector('[aria-selected=true]')?.textContent;

  test('is a tree that is gone through by keys', async () => {
    await openConfiguration();
    expect(nodes()).toEqual(['domaintype="kvm"', 'nameweb', 'devices', 'diskdevice="disk"']);
    const tree = pane().getByRole('tree');
    fireEvent.keyDown(tree, { key: 'End' });
    fireEvent.keyDown(tree, { key: 'ArrowLeft' });
    expect(current()).toBe('devices');
    fireEvent.keyDown(tree, { key: 'ArrowLeft' });
    expect(nodes()).toHaveLength(3);
    fireEvent.keyDown(tree, { key: 'ArrowRight' });
    fireEvent.keyDown(tree, { key: 'ArrowRight' });
    expect(current()).toBe('diskdevice="disk"');
  });

  test('is searched with Ctrl+F, which then does not filter the list', async () => {
    await openConfiguration();
    fireEvent.keyDown(pane().getByRole('tree'), { key: 'f', ctrlKey: true });
    const box = pane().getByLabelText('Search here');
    expect(document.activeElement).toBe(box);
    fireEvent.change(box, { target: { value: 'e' } });
    expect(pane().getByText('1 of 4')).toBeTruthy();
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(current()).toBe('nameweb');
    fireEvent.keyDown(box, { key: 'Enter', shiftKey: true });
    fireEvent.click(pane().getByRole('button', { name: 'Previous match' }));
    expect(pane().getByText('4 of 4')).toBeTruthy();
    expect(current()).toBe('diskdevice="disk"');
  });

  test('is shown as it runs or as it will start next, as text, and copied', async () => {
    const { main } = await openConfiguration();
    fireEvent.click(pane().getByLabelText('Next start'));
    expect(nodes()[0]).toBe('domaintype="qemu"');
    fireEvent.click(pane().getByLabelText('Text'));
    expect(pane().getByText(xml.replace('kvm', 'qemu'))).toBeTruthy();
    fireEvent.click(pane().getByRole('button', { name: 'Copy all' }));
    fireEvent.click(pane().getByLabelText('Structured'));
    fireEvent.keyDown(pane().getByRole('tree'), { key: 'End' });
    fireEvent.click(pane().getByRole('button', { name: 'Copy path /domain/devices/disk' }));
    expect(main.inputs('clipboard.write').map(({ text }) => text)).toEqual([
      xml.replace('kvm', 'qemu'),
      '/domain/devices/disk',
    ]);
  });

  test('of two megabytes draws what is on screen only, and is copied whole', async () => {
    const text = JSON.stringify(
      { list: Array.from({ length: 90_000 }, (_, number) => `item number ${number}`) },
      null,
      1,
    );
    expect(text.length).toBeGreaterThan(2_000_000);
    const { main } = await openConfiguration((bridge) => {
      bridge.answers['guest.configuration'] = () => ({ texts: [{ of: 'only', language: 'json', text }] });
    });
    fireEvent.change(pane().getByLabelText('Search here'), { target: { value: 'number 89999' } });
    expect(pane().getByText('1 of 1')).toBeTruthy();
    expect(pane().getAllByRole('treeitem').length).toBeLessThan(200);
    fireEvent.click(pane().getByLabelText('Text'));
    expect(document.querySelectorAll('.config-line').length).toBeLessThan(200);
    fireEvent.click(pane().getByRole('button', { name: 'Copy all' }));
    expect(main.inputs('clipboard.write')).toEqual([{ text }]);
  });

  test('of a guest whose engine is off is not said to be none', async () => {
    const libvirtOff = anEngine(libvirt, { state: 'off' });
    await drawApp({ engines: [libvirtOff], guests: [running('web')] });
    clickRow('web');
    fireEvent.click(tab('Configuration'));
    expect(pane().getByText('Its engine does not answer now.')).toBeTruthy();
    expect(pane().queryByText('Its engine tells no configuration.')).toBeNull();
  });

  test('that is no tree is shown as it is', async () => {
    await openConfiguration((bridge) => {
      bridge.answers['guest.configuration'] = () => ({ texts: [{ of: 'only', language: 'json', text: '{"a": <b>' }] });
    });
    expect(pane().getByText(/cannot be read as a tree/)).toBeTruthy();
    expect(pane().getByText('{"a": <b>')).toBeTruthy();
  });
});

describe('the charts', () => {
  const at = 1_700_000_000_000;
  const cpu = () => pane().getByRole('slider', { name: 'CPU' });
  async function measured() {
    const app = await drawApp({ guests: [running('a'), running('b')] });
    clickRow('a');
    act(() => {
      for (const step of [0, 1, 2]) {
        app.main.send('metrics.sample', {
          samples: [{ guest: idOf('a'), at: at + step * 2000, cpu: 10 * (step + 1), diskRead: 1024 * (step + 1) }],
        });
      }
    });
    return app;
  }

  test('tell the newest values, and those under the keyboard’s cursor on all charts', async () => {
    await measured();
    expect(cpu().getAttribute('aria-valuetext')).toMatch(/30%$/);
    fireEvent.keyDown(cpu(), { key: 'ArrowLeft' });
    expect(cpu().getAttribute('aria-valuetext')).toMatch(/20%$/);
    expect(pane().getByRole('slider', { name: 'Disk' }).getAttribute('aria-valuetext')).toMatch(
      /read 2\.0\sKiB\/s, write not measured$/,
    );
    fireEvent.keyDown(cpu(), { key: 'Home' });
    expect(cpu().getAttribute('aria-valuetext')).toMatch(/10%$/);
    fireEvent.keyDown(cpu(), { key: 'Escape' });
    expect(cpu().getAttribute('aria-valuetext')).toMatch(/30%$/);
  });

  test('stand still while they are frozen', async () => {
    const { main } = await measured();
    fireEvent.click(pane().getByRole('button', { name: 'Freeze' }));
    act(() => main.send('metrics.sample', { samples: [{ guest: idOf('a'), at: at + 6000, cpu: 90 }] }));
    expect(cpu().getAttribute('aria-valuetext')).toMatch(/30%$/);
    fireEvent.click(pane().getByRole('button', { name: 'Go on' }));
    expect(cpu().getAttribute('aria-valuetext')).toMatch(/90%$/);
  });

  test('have their guest measured although its row is not on screen, and no other after it', async () => {
    const { main, stores } = await measured();
    act(() => stores.metricsWatch.onScreen([idOf('b')]));
    await vi.waitFor(() => expect(main.inputs('metrics.watch').at(-1)?.guests).toEqual([idOf('b'), idOf('a')]));
    fireEvent.click(tab('Events'));
    await vi.waitFor(() => expect(main.inputs('metrics.watch').at(-1)?.guests).toEqual([idOf('b')]));
  });
});
