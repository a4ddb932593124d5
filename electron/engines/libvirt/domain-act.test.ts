import { describe, expect, test } from 'vitest';
import type { Action } from '../../../shared/action.ts';
import type { GuestState } from '../../../shared/guest.ts';
import type { LibvirtHost } from './client/index.ts';
import { actOnDomain } from './domain-act.ts';
import { Refusal } from './refusal.ts';
import { fakeDomain, fakeHost, fakeRun, libvirtError } from './testing/fakes.ts';

const dom = fakeDomain(1);

async function act(host: LibvirtHost, action: Action, state: GuestState = 'running', run = fakeRun().run) {
  await actOnDomain({ host, dom, state, run, virsh: (...words) => words.join(' ') }, action);
}

describe('asking libvirt', () => {
  test.each<[Action['verb'], GuestState, string, object]>([
    ['start', 'stopped', 'DOMAIN_CREATE', { dom }],
    ['start', 'saved', 'DOMAIN_CREATE', { dom }],
    ['shutDown', 'running', 'DOMAIN_SHUTDOWN', { dom }],
    ['restart', 'running', 'DOMAIN_REBOOT', { dom, flags: 0 }],
    ['reset', 'running', 'DOMAIN_RESET', { dom, flags: 0 }],
    ['pause', 'running', 'DOMAIN_SUSPEND', { dom }],
    ['resume', 'paused', 'DOMAIN_RESUME', { dom }],
    ['resume', 'suspended', 'DOMAIN_PM_WAKEUP', { dom, flags: 0 }],
    ['forceOff', 'running', 'DOMAIN_DESTROY', { dom }],
    ['discardSave', 'saved', 'DOMAIN_MANAGED_SAVE_REMOVE', { dom, flags: 0 }],
    ['enableAutostart', 'stopped', 'DOMAIN_SET_AUTOSTART', { dom, autostart: 1 }],
    ['disableAutostart', 'stopped', 'DOMAIN_SET_AUTOSTART', { dom, autostart: 0 }],
  ])('to %s one that is %s is one call of %s', async (verb, state, name, args) => {
    const { calls, host, out } = fakeHost();
    await act(host, { verb } as Action, state);
    expect(calls).toEqual([{ name, args }]);
    expect(out()).toBe(0);
  });

  test('rejects with what libvirt answers', async () => {
    const error = libvirtError(55);
    const { host } = fakeHost(() => {
      throw error;
    });
    await expect(act(host, { verb: 'start' })).rejects.toBe(error);
  });

  test('forces off where the daemon takes no more connections', async () => {
    const { calls, host } = fakeHost(undefined, false);
    await act(host, { verb: 'forceOff' });
    expect(calls).toEqual([{ name: 'DOMAIN_DESTROY', args: { dom } }]);
  });

  test('for what only containers have is refused', async () => {
    const { calls, host } = fakeHost();
    await expect(act(host, { verb: 'export', file: '/tmp/a.tar' })).rejects.toBeInstanceOf(Refusal);
    await expect(act(host, { verb: 'setRestartPolicy', policy: 'no' })).rejects.toMatchObject({
      code: 'not-supported',
    });
    expect(calls).toEqual([]);
  });
});

/** A daemon with the definitions of one domain; which of them are told by the flags of the call. */
function defined({ live, config }: { live?: string | null; config?: string | null }) {
  const kept = new Map([
    [1, live],
    [2, config],
  ]);
  const written: unknown[] = [];
  const fake = fakeHost((name, args) => {
    const { flags = 0, metadata } = args as { flags?: number; metadata?: string };
    if (name === 'DOMAIN_IS_ACTIVE') return { active: live === undefined ? 0 : 1 };
    if (name === 'DOMAIN_IS_PERSISTENT') return { persistent: config === undefined ? 0 : 1 };
    if (name === 'DOMAIN_SET_METADATA') written.push([flags, metadata]);
    if (name !== 'DOMAIN_GET_METADATA') return undefined;
    const element = kept.get(flags);
    if (element) return { metadata: element };
    throw libvirtError(80);
  });
  return { ...fake, written };
}

describe("writing into a domain's metadata", () => {
  test('changes what runs and what its next start takes, each from what it has', async () => {
    const { host, written } = defined({ live: '<guest protected="yes"><new/></guest>', config: null });
    await act(host, { verb: 'setTags', add: ['db'], remove: [] });
    expect(written).toEqual([
      [2, '<guest><tag>db</tag></guest>'],
      [1, '<guest protected="yes"><new/><tag>db</tag></guest>'],
    ]);
  });

  test('writes only what there is of a transient domain, and of one that is off', async () => {
    const transient = defined({ live: null });
    await act(transient.host, { verb: 'protect' });
    expect(transient.written).toEqual([[1, '<guest protected="yes"/>']]);
    const off = defined({ config: '<guest protected="yes"/>' });
    await act(off.host, { verb: 'unprotect' }, 'stopped');
    expect(off.written).toEqual([[2, null]]);
  });

  test('writes nothing where nothing is to be taken away', async () => {
    const { host, written } = defined({ config: null });
    await act(host, { verb: 'setTags', add: [], remove: ['db'] }, 'stopped');
    expect(written).toEqual([]);
  });

  test('keeps no more tags than a guest may have', async () => {
    const many = Array.from({ length: 32 }, (_, at) => `<tag>t${at}</tag>`).join('');
    const { host, written } = defined({ config: `<guest>${many}</guest>` });
    await expect(act(host, { verb: 'setTags', add: ['one-more'], remove: [] })).rejects.toMatchObject({
      code: 'bad-input',
      detail: { key: 'failure.detail.tooManyTags', params: { most: 32 } },
    });
    expect(written).toEqual([]);
    await act(host, { verb: 'setTags', add: ['one-more'], remove: ['t1'] });
    expect(written).toHaveLength(1);
  });

  test('gives a title, and takes it away', async () => {
    const { host, calls } = defined({ live: null, config: null });
    await act(host, { verb: 'setTitle', title: 'For <you> & "me"' });
    await act(host, { verb: 'setTitle', title: '' });
    const set = calls.filter(({ name }) => name === 'DOMAIN_SET_METADATA').map(({ args }) => args);
    const common = { dom, type: 1, key: null, uri: null, flags: 3 };
    expect(set).toEqual([
      { ...common, metadata: 'For <you> & "me"' },
      { ...common, metadata: null },
    ]);
  });

  test.each(['two\nlines', 'a\ttab', '\u0001', 'back\r'])('refuses the title %j', async (title) => {
    const { host, calls } = defined({ config: null });
    await expect(act(host, { verb: 'setTitle', title })).rejects.toMatchObject({
      detail: { key: 'failure.detail.badTitle' },
    });
    expect(calls).toEqual([]);
  });
});

describe('renaming', () => {
  const name = 'new';
  test('is one call', async () => {
    const { host, calls } = fakeHost((call) => (call === 'DOMAIN_LIST_ALL_CHECKPOINTS' ? { ret: 0 } : undefined));
    await act(host, { verb: 'rename', name }, 'stopped');
    expect(calls.at(-1)).toEqual({ name: 'DOMAIN_RENAME', args: { dom, new_name: name, flags: 0 } });
  });

  test.each(['a/b', 'a\nb', 'a\tb', '.', '..', ' ', ' a', 'x'.repeat(255), 'ñ'.repeat(130)])(
    'to %j is refused: libvirt would lose such a domain at its next start',
    async (bad) => {
      const { host, calls } = fakeHost();
      await expect(act(host, { verb: 'rename', name: bad }, 'stopped')).rejects.toMatchObject({
        code: 'bad-input',
        detail: { key: 'failure.detail.badName', params: { name: bad } },
        remedies: [{ do: 'read', text: { key: 'remedy.otherName' } }],
      });
      expect(calls).toEqual([]);
    },
  );

  test('is refused with checkpoints, which libvirt would lose', async () => {
    const { host, calls } = fakeHost(() => ({ ret: 2 }));
    await expect(act(host, { verb: 'rename', name }, 'stopped')).rejects.toMatchObject({
      detail: { key: 'because.hasCheckpoints', params: { count: 2 } },
    });
    expect(calls.map((call) => call.name)).not.toContain('DOMAIN_RENAME');
  });

  test.each([
    ['the name is taken', 55, { taken: true }, 'failure.detail.nameTaken'],
    ['the daemon takes no such name', 27, {}, 'failure.detail.badName'],
    ['it has snapshots, for an old daemon', 55, { snapshots: 1 }, 'because.hasSnapshots'],
    ['somebody has saved it', 55, { saved: 1 }, 'because.saved'],
    ['somebody has started it', 55, { active: 1 }, 'because.running'],
  ])('says that %s', async (_title, code, { taken, snapshots = 0, saved = 0, active = 0 }: Why, key) => {
    const { host } = fakeHost((call) => {
      if (call === 'DOMAIN_LIST_ALL_CHECKPOINTS') throw libvirtError(3);
      if (call === 'DOMAIN_RENAME') throw libvirtError(code);
      if (call === 'DOMAIN_LOOKUP_BY_NAME' && !taken) throw libvirtError(42);
      if (call === 'DOMAIN_SNAPSHOT_NUM') return { num: snapshots };
      if (call === 'DOMAIN_HAS_MANAGED_SAVE_IMAGE') return { result: saved };
      return { active };
    });
    await expect(act(host, { verb: 'rename', name }, 'stopped')).rejects.toMatchObject({
      detail: { key },
      cause: { code },
    });
  });

  test('rejects with what libvirt answers when that is something else', async () => {
    const error = libvirtError(38);
    const { host } = fakeHost((call) => {
      if (call === 'DOMAIN_RENAME') throw error;
      return { ret: 0 };
    });
    await expect(act(host, { verb: 'rename', name }, 'stopped')).rejects.toBe(error);
  });
});

interface Why {
  readonly taken?: boolean;
  readonly snapshots?: number;
  readonly saved?: number;
  readonly active?: number;
}
