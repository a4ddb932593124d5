import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { run as execute } from '../../../build/testing/execute.ts';
import { booted, domainXml, Virsh } from '../../../build/testing/test-domains.ts';
import { TestPool } from '../../../build/testing/test-pool.ts';
import type { Action } from '../../../shared/action.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { quietRun } from '../../journal/testing/quiet-run.ts';
import type { ActionRun } from '../engine.ts';
import { FailureError } from '../failure-error.ts';
import { makeEndpoint } from './endpoint.ts';
import { LibvirtEngine } from './libvirt-engine.ts';

const mark = `posada-test-act-${process.pid}`;
const namespace = 'urn:x-posada:guest:1';
const virsh = new Virsh();
const engine = new LibvirtEngine(makeEndpoint('qemu:///system'));
const patience = { timeout: 60_000, interval: 50 };
const run: ActionRun = quietRun();
/** Of the guest that each test has to itself. */
let name: string;
let id: GuestId;
let count = 0;

beforeAll(async () => {
  await engine.open({
    changed: () => undefined,
    changedAll: () => undefined,
    happened: () => undefined,
    lost: () => undefined,
  });
});
beforeEach(async () => {
  count += 1;
  name = `${mark}-${count}`;
  await virsh.define(await domainXml({ name }));
  id = await idOf(name);
  return () => removeAll();
});
afterAll(() => engine.close());

async function removeAll(): Promise<void> {
  const left = (await virsh.names()).filter((each) => each.startsWith(mark));
  // Under its first name it has left what it said on its serial port.
  for (const each of new Set([...left, `${mark}-${count}`, `${mark}-disk`])) await virsh.remove(each);
}

async function idOf(wanted: string): Promise<GuestId> {
  const found = (await engine.list()).find((guest) => guest.name === wanted);
  if (!found) throw new Error(`${wanted} is not listed`);
  return found.id;
}

/** Acts on the guest as it is now. */
async function act(action: Action, how = run): Promise<void> {
  await engine.read([id]);
  await engine.act(id, action, how);
}

async function refusal(action: Action, how = run): Promise<Failure> {
  const error = await act(action, how).then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(FailureError);
  return (error as FailureError).failure;
}

async function paste(action: Action): Promise<string[]> {
  await engine.read([id]);
  const commands = engine.commands(id, action);
  expect(commands).not.toEqual([]);
  for (const command of commands) await execute('sh', ['-c', command]);
  return commands;
}

const reason = (): Promise<string> => virsh.run('domstate', '--reason', name);
const metadata = (...where: string[]): Promise<string> => virsh.run('metadata', name, namespace, ...where);

describe('saving to disk', () => {
  test('goes on where it was, and tells how far it is', async () => {
    await act({ verb: 'start' });
    await booted(name);
    const heard: number[] = [];
    await act({ verb: 'save' }, { ...run, progress: (part) => heard.push(part) });
    expect(await virsh.state(name)).toBe('saved');
    for (const part of heard) expect(part >= 0 && part <= 1).toBe(true);
    await act({ verb: 'start' });
    expect(await reason()).toContain('running (restored)');
    expect(await virsh.run('dominfo', name)).toMatch(/Managed save: +no/);
  });

  test('keeps a paused guest paused', async () => {
    await act({ verb: 'start' });
    await act({ verb: 'pause' });
    await act({ verb: 'save' });
    expect(await virsh.state(name)).toBe('saved');
    await act({ verb: 'start' });
    expect(await virsh.state(name)).toBe('paused');
  });

  test('that is cancelled leaves the guest running as before, with no saved state', async () => {
    // One with so much memory in use that its save is not over before it can be cancelled.
    await virsh.remove(name);
    await virsh.define(await domainXml({ name, full: true }));
    id = await idOf(name);
    await act({ verb: 'start' });
    await booted(name);
    const abort = new AbortController();
    const told = await refusal({ verb: 'save' }, { ...run, signal: abort.signal, cancellable: () => abort.abort() });
    expect(told).toMatchObject({ code: 'cancelled', detail: { key: 'failure.detail.cancelled' } });
    expect(await virsh.state(name)).toBe('running');
    expect(await virsh.run('dominfo', name)).toMatch(/Managed save: +no/);
    // It hears the power button, as only a guest that goes on can.
    await act({ verb: 'shutDown' });
    await vi.waitFor(async () => expect(await virsh.state(name)).toBe('stopped'), patience);
  });

  test('can be thrown away: the next start boots', async () => {
    await act({ verb: 'start' });
    await act({ verb: 'save' });
    await act({ verb: 'discardSave' });
    expect(await virsh.state(name)).toBe('stopped');
    await act({ verb: 'start' });
    expect(await reason()).toContain('running (booted)');
  });

  test('is refused for a transient guest, in words', async () => {
    await virsh.run('start', name);
    await virsh.run('undefine', name);
    const told = await refusal({ verb: 'save' });
    expect(told).toMatchObject({ code: 'wrong-state', title: { params: { verb: 'verb.save', name } } });
    expect(await virsh.state(name)).toBe('running');
  });
});

describe('the definition', () => {
  test('starts with the host or does not', async () => {
    await act({ verb: 'enableAutostart' });
    expect(await virsh.autostart(name)).toBe('on');
    await act({ verb: 'disableAutostart' });
    expect(await virsh.autostart(name)).toBe('off');
  });

  test('has a title, running and for the next start', async () => {
    await virsh.run('start', name);
    const title = 'Für <dich> & "mich" — it\'s';
    await act({ verb: 'setTitle', title });
    for (const where of ['--live', '--config']) expect(await virsh.run('desc', name, '--title', where)).toBe(title);
    await act({ verb: 'setTitle', title: '' });
    for (const where of ['--live', '--config']) {
      expect(await virsh.run('desc', name, '--title', where)).toBe('');
    }
    expect((await refusal({ verb: 'setTitle', title: 'two\nlines' })).detail?.key).toBe('failure.detail.badTitle');
  });

  test('has tags and protection that every client sees, running and for the next start', async () => {
    await virsh.run('start', name);
    await act({ verb: 'protect' });
    await act({ verb: 'setTags', add: ['db', 'año'], remove: [] });
    for (const where of ['--live', '--config']) {
      const told = await metadata(where);
      for (const part of ['protected="yes"', '<tag>db</tag>', '<tag>año</tag>']) expect(told).toContain(part);
    }
    await act({ verb: 'setTags', add: [], remove: ['db', 'año'] });
    await act({ verb: 'unprotect' });
    for (const where of ['--live', '--config']) await expect(metadata(where)).rejects.toThrow(/not found/);
  });

  test('keeps what others have put there, each of the two its own', async () => {
    await virsh.run('start', name);
    const set = (element: string, where: string) =>
      virsh.run('metadata', name, namespace, '--key', 'posada', '--set', element, where);
    await set('<guest since="2"><new a="&lt;"/></guest>', '--live');
    await set('<guest><o:old xmlns:o="urn:o">x &amp; y</o:old><tag>a</tag></guest>', '--config');
    await virsh.run('metadata', name, 'urn:other', '--key', 'other', '--set', '<other/>', '--config');
    await act({ verb: 'setTags', add: ['b'], remove: ['a'] });
    const [live, config] = [await metadata('--live'), await metadata('--config')];
    for (const part of ['since="2"', '<new a="&lt;"/>', '<tag>b</tag>']) expect(live).toContain(part);
    for (const part of ['<o:old xmlns:o="urn:o">x &amp; y</o:old>', '<tag>b</tag>']) expect(config).toContain(part);
    expect(config).not.toContain('<tag>a</tag>');
    expect(await virsh.run('metadata', name, 'urn:other', '--config')).toContain('<other/>');
  });
});

describe('renaming', () => {
  test('is refused while it runs and while it is saved, in words', async () => {
    await virsh.run('start', name);
    expect((await refusal({ verb: 'rename', name: `${name}-x` })).detail?.key).toBe('because.running');
    await virsh.run('managedsave', name);
    expect((await refusal({ verb: 'rename', name: `${name}-x` })).detail?.key).toBe('because.saved');
    expect(await virsh.names()).toContain(name);
  });

  test.each(['posada\nx', 'a/b', '.', ' ', 'x'.repeat(255)])('to %j is refused with a next step', async (bad) => {
    const told = await refusal({ verb: 'rename', name: bad });
    expect(told).toMatchObject({ code: 'bad-input', detail: { key: 'failure.detail.badName' } });
    expect(told.remedies).toMatchObject([{ do: 'read', text: { key: 'remedy.otherName' } }]);
    expect(await virsh.names()).toContain(name);
  });

  test('keeps autostart and tags', async () => {
    await act({ verb: 'enableAutostart' });
    await act({ verb: 'setTags', add: ['db'], remove: [] });
    await act({ verb: 'rename', name: `${name}-ñ x` });
    name = `${name}-ñ x`;
    expect(await virsh.autostart(name)).toBe('on');
    expect(await metadata()).toContain('<tag>db</tag>');
    expect(await idOf(name)).toBe(id);
  });

  test('takes snapshots along, and loses no checkpoints', async () => {
    const pool = await TestPool.make(virsh, `${mark}-pool`);
    try {
      await virsh.define(await domainXml({ name: `${mark}-disk`, disks: [{ path: await pool.volume('a.qcow2') }] }));
      name = `${mark}-disk`;
      id = await idOf(name);
      await virsh.run('snapshot-create-as', name, 'one');
      await act({ verb: 'rename', name: `${name}-new` });
      name = `${name}-new`;
      expect(await virsh.run('snapshot-list', '--name', name)).toContain('one');
      await virsh.run('snapshot-revert', name, 'one');
      await virsh.run('start', name);
      await virsh.run('checkpoint-create-as', name, 'point');
      await virsh.run('destroy', name);
      const told = await refusal({ verb: 'rename', name: `${name}-x` });
      expect(told.detail).toEqual({ key: 'because.hasCheckpoints', params: { count: 1 } });
      expect(await virsh.names()).toContain(name);
      await virsh.remove(name);
    } finally {
      await pool.remove();
    }
  });
});

describe('the commands of each verb, pasted', () => {
  test('move it', async () => {
    const moved = async (verb: Action['verb'], state: string) => {
      await paste({ verb } as Action);
      expect(await virsh.state(name), verb).toBe(state);
    };
    await moved('start', 'running');
    await booted(name);
    await moved('pause', 'paused');
    await moved('resume', 'running');
    await moved('reset', 'running');
    await booted(name);
    await moved('save', 'saved');
    await moved('discardSave', 'stopped');
    await moved('start', 'running');
    await booted(name);
    await moved('restart', 'running');
    await booted(name);
    await paste({ verb: 'shutDown' });
    await vi.waitFor(async () => expect(await virsh.state(name)).toBe('stopped'), patience);
  });

  test('change its definition, whatever it is called', async () => {
    const odd = `${name} it's "odd" $(x) -y`;
    await paste({ verb: 'rename', name: odd });
    name = odd;
    expect(await virsh.names()).toContain(odd);
    await paste({ verb: 'enableAutostart' });
    expect(await virsh.autostart(name)).toBe('on');
    await paste({ verb: 'disableAutostart' });
    expect(await virsh.autostart(name)).toBe('off');
    for (const title of [`<a> & "b" it's $HOME`, '--config', '-x']) {
      await paste({ verb: 'setTitle', title });
      expect(await virsh.run('desc', name, '--title')).toBe(title);
    }
    await paste({ verb: 'setTitle', title: '' });
    expect(await virsh.run('desc', name, '--title')).toBe('');
    await paste({ verb: 'setTags', add: ['db', 'a;b`c`'], remove: [] });
    expect(await metadata()).toContain('<tag>a;b`c`</tag>');
    await paste({ verb: 'protect' });
    expect(await metadata()).toContain('protected="yes"');
    await paste({ verb: 'unprotect' });
    expect(await metadata().catch(() => '')).not.toContain('protected');
    const later = '<guest lab="course"><new a="&lt;"/><tag>db</tag></guest>';
    await virsh.run('metadata', name, namespace, '--key', 'posada', '--set', later, '--config');
    await paste({ verb: 'setTags', add: ['web'], remove: ['db'] });
    for (const part of ['lab="course"', '<new a="&lt;"/>', '<tag>web</tag>']) expect(await metadata()).toContain(part);
    await paste({ verb: 'delete', parts: [], endsRunning: true });
    expect(await virsh.names()).not.toContain(name);
  });
});
