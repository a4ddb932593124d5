import { afterEach, describe, expect, test, vi } from 'vitest';
import { inventoryPatch } from '../../shared/inventory.ts';
import { brokenEngine, Gate, ScriptedEngine } from '../testing/scripted-engine.ts';
import { EngineLink, type LinkTimes } from './engine-link.ts';
import { History } from './history.ts';
import { Inventory } from './inventory.ts';

const times: LinkTimes = { reconnect: [20], retryOff: [20], heartbeat: 20, patience: 60 };
const links: EngineLink[] = [];

function connect(engine: ScriptedEngine, patched: (patch: unknown) => void = () => undefined) {
  const inventory = new Inventory((patch) => patched(inventoryPatch.parse(patch)));
  const link = new EngineLink(engine, inventory, new History(() => undefined), times);
  links.push(link);
  link.start();
  const state = () => inventory.engine(engine.info.id)?.state;
  const names = () =>
    inventory
      .guestsOf(engine.info.id)
      .map((guest) => guest.name)
      .sort();
  return { inventory, link, state, names };
}

afterEach(async () => {
  await Promise.all(links.splice(0).map((link) => link.stop()));
});

describe('an engine link', () => {
  test('opens, lists and is live', async () => {
    const engine = new ScriptedEngine();
    engine.add('web');
    const { state, names, inventory } = connect(engine);
    expect(state()).toBe('connecting');
    await vi.waitFor(() => expect(state()).toBe('live'));
    expect(names()).toEqual(['web']);
    expect(inventory.engine(engine.info.id)?.version).toBe('Scripted 1');
  });

  test('follows hints: new, changed and gone guests', async () => {
    const engine = new ScriptedEngine();
    const web = engine.add('web');
    const { state, names, inventory } = connect(engine);
    await vi.waitFor(() => expect(state()).toBe('live'));
    const db = engine.add('db');
    engine.guests.set(web.id, { ...web, state: 'paused' });
    engine.watcher?.changed([db.id, web.id]);
    await vi.waitFor(() => expect(names()).toEqual(['db', 'web']));
    expect(inventory.guest(web.id)?.state).toBe('paused');
    engine.guests.delete(web.id);
    engine.watcher?.changed([web.id]);
    await vi.waitFor(() => expect(names()).toEqual(['db']));
  });

  test('a hint that comes while its guest is read is read after it: the newest state wins', async () => {
    const engine = new ScriptedEngine();
    const web = engine.add('web');
    const { state, inventory } = connect(engine);
    await vi.waitFor(() => expect(state()).toBe('live'));
    const gate = new Gate();
    engine.gate = gate;
    engine.guests.set(web.id, { ...web, state: 'paused' });
    engine.watcher?.changed([web.id]);
    await vi.waitFor(() => expect(engine.calls).toContain('read 1'));
    engine.guests.set(web.id, { ...web, state: 'stopped' });
    engine.watcher?.changed([web.id]);
    engine.gate = undefined;
    gate.open();
    await vi.waitFor(() => expect(inventory.guest(web.id)?.state).toBe('stopped'));
  });

  test('a lost engine keeps its list, with no verb ready, and is reconciled when it is back', async () => {
    const engine = new ScriptedEngine();
    const web = engine.add('web');
    const { state, names, inventory } = connect(engine);
    await vi.waitFor(() => expect(state()).toBe('live'));
    const seen = inventory.engine(engine.info.id)?.lastContact;
    engine.down = brokenEngine();
    engine.watcher?.lost(engine.down.failure);
    expect(state()).toBe('reconnecting');
    expect(inventory.engine(engine.info.id)?.lastContact).toBeGreaterThanOrEqual(seen ?? Infinity);
    expect(inventory.engine(engine.info.id)?.failure?.code).toBe('engine-lost');
    expect(names()).toEqual(['web']);
    expect(inventory.guest(web.id)?.offers.some((offer) => offer.ready)).toBe(false);

    engine.guests.delete(web.id);
    engine.add('db');
    engine.down = undefined;
    await vi.waitFor(() => expect(state()).toBe('live'));
    expect(names()).toEqual(['db']);
    expect(inventory.engine(engine.info.id)?.failure).toBeUndefined();
  });

  test('an engine that was never there is off, says why and is tried again', async () => {
    const engine = new ScriptedEngine();
    engine.down = brokenEngine();
    const { state, inventory } = connect(engine);
    await vi.waitFor(() => expect(state()).toBe('off'));
    expect(inventory.engine(engine.info.id)?.failure?.remedies).toEqual([{ do: 'retry' }]);
    engine.down = undefined;
    await vi.waitFor(() => expect(state()).toBe('live'));
  });

  test('try again does not wait for the next try', async () => {
    const engine = new ScriptedEngine();
    engine.down = brokenEngine();
    const inventory = new Inventory(() => undefined);
    const link = new EngineLink(engine, inventory, new History(() => undefined), { ...times, retryOff: [3_600_000] });
    links.push(link);
    link.start();
    await vi.waitFor(() => expect(inventory.engine(engine.info.id)?.state).toBe('off'));
    engine.down = undefined;
    link.retry();
    await vi.waitFor(() => expect(inventory.engine(engine.info.id)?.state).toBe('live'));
  });

  test('an optional engine is not shown until it has answered', async () => {
    const engine = new ScriptedEngine('maybe', { optional: true });
    engine.down = brokenEngine();
    const { state } = connect(engine);
    await vi.waitFor(() => expect(engine.calls.filter((call) => call === 'open').length).toBeGreaterThan(1));
    expect(state()).toBeUndefined();
    engine.down = undefined;
    await vi.waitFor(() => expect(state()).toBe('live'));
  });

  test('a hung engine is silent, and live with a new list when it answers', async () => {
    const engine = new ScriptedEngine();
    engine.add('web');
    const { state, names, inventory } = connect(engine);
    await vi.waitFor(() => expect(state()).toBe('live'));
    const gate = new Gate();
    engine.gate = gate;
    await vi.waitFor(() => expect(state()).toBe('silent'));
    expect(inventory.engine(engine.info.id)?.failure?.code).toBe('engine-hung');
    engine.add('db');
    engine.gate = undefined;
    gate.open();
    await vi.waitFor(() => expect(state()).toBe('live'));
    await vi.waitFor(() => expect(names()).toEqual(['db', 'web']));
  });

  test('one that hangs while it is opened is silent, and live when it answers', async () => {
    const engine = new ScriptedEngine();
    const gate = new Gate();
    engine.gate = gate;
    const { state } = connect(engine);
    await vi.waitFor(() => expect(state()).toBe('silent'));
    engine.gate = undefined;
    gate.open();
    await vi.waitFor(() => expect(state()).toBe('live'));
  });

  test('try again gives up a connection that hangs for a new one', async () => {
    const engine = new ScriptedEngine();
    const { state, link, names } = connect(engine);
    await vi.waitFor(() => expect(state()).toBe('live'));
    engine.gate = new Gate(); // never opened
    await vi.waitFor(() => expect(state()).toBe('silent'));
    engine.gate = undefined;
    engine.add('db');
    link.retry();
    await vi.waitFor(() => expect(state()).toBe('live'));
    expect(names()).toEqual(['db']);
    expect(engine.calls.filter((call) => call === 'open')).toHaveLength(2);
  });

  test('a hung engine does not delay another', async () => {
    const hung = new ScriptedEngine('hung');
    hung.gate = new Gate();
    const well = new ScriptedEngine('well');
    const first = connect(hung);
    const second = connect(well);
    await vi.waitFor(() => expect(second.state()).toBe('live'));
    expect(first.state()).not.toBe('live');
    hung.gate.open();
  });

  test('a list that fails is asked for again while the connection lasts', async () => {
    const engine = new ScriptedEngine();
    engine.add('web');
    const { state, names } = connect(engine);
    await vi.waitFor(() => expect(state()).toBe('live'));
    engine.down = brokenEngine();
    engine.watcher?.changedAll();
    await vi.waitFor(() => expect(state()).not.toBe('live'));
    expect(names()).toEqual(['web']);
    engine.down = undefined;
    await vi.waitFor(() => expect(state()).toBe('live'), { timeout: 5000 });
  });
});
