import { beforeEach, describe, expect, test } from 'vitest';
import { type Action, action as actionSchema } from '../../../../shared/action.ts';
import { HalfDoneError } from '../../../journal/perform.ts';
import { quietRun } from '../../../journal/testing/quiet-run.ts';
import type { Operation } from '../../operation.ts';
import { domainState, pausedReason } from '../client/index.ts';
import { Refusal } from '../refusal.ts';
import { FakeSnapshots } from '../testing/fake-snapshots.ts';
import { libvirtError } from '../testing/fakes.ts';
import { snapshotNamespace } from '../xml/snapshot-own.ts';
import {
  isSnapshotAction,
  recallSnapshotOperation,
  type SnapshotAction,
  snapshotOperation,
} from './snapshot-operations.ts';

let fake: FakeSnapshots;
beforeEach(() => {
  fake = new FakeSnapshots();
});

const taking = { verb: 'takeSnapshot', name: 'New', description: '', memory: false, freeze: false };

function planned(action: object): Promise<Operation> {
  const parsed: Action = actionSchema.parse(action);
  expect(isSnapshotAction(parsed)).toBe(true);
  return snapshotOperation(fake.ask, fake.uuid, parsed as SnapshotAction);
}

const done = async (action: object): Promise<void> => quietRun().perform(await planned(action));

async function failure(action: object): Promise<unknown> {
  return done(action).then(
    () => undefined,
    (error: unknown) => error,
  );
}

const writes = (): string[] =>
  fake.did(
    'DOMAIN_SNAPSHOT_CREATE_XML',
    'DOMAIN_SNAPSHOT_DELETE',
    'DOMAIN_REVERT_TO_SNAPSHOT',
    'DOMAIN_SET_METADATA',
    'DOMAIN_RESUME',
  );

describe('taking a snapshot', () => {
  test('takes it and names it', async () => {
    await done({ ...taking, name: 'Año “1”', description: ' why\r\n' });
    const [name] = fake.snapshots.keys();
    expect(name).toMatch(/^ano-1-[\da-f]{8}$/);
    expect(writes()).toEqual(['DOMAIN_SNAPSHOT_CREATE_XML', 'DOMAIN_SNAPSHOT_CREATE_XML']);
  });

  test('that libvirt refuses leaves nothing, and nothing is looked for in the images', async () => {
    fake.meanwhile = (name) => {
      if (name === 'DOMAIN_SNAPSHOT_CREATE_XML') throw libvirtError(9);
    };
    expect(await failure(taking)).toMatchObject({ code: 9 });
    expect(writes()).toEqual(['DOMAIN_SNAPSHOT_CREATE_XML']);
  });

  test('that cannot be named is taken back', async () => {
    fake.meanwhile = (name, { flags }) => {
      if (name === 'DOMAIN_SNAPSHOT_CREATE_XML' && flags === 1) throw libvirtError(9);
    };
    expect(await failure(taking)).toMatchObject({ code: 9 });
    expect(fake.snapshots.size).toBe(0);
  });

  test('is refused with its reason before anything is done', async () => {
    fake.os = "<loader type='pflash'>/x</loader>";
    expect(await failure(taking)).toMatchObject({ code: 'not-offered', detail: { key: 'because.snapshotUefi' } });
    fake.os = '';
    expect(await failure({ ...taking, freeze: true })).toMatchObject({ detail: { key: 'because.snapshotNoFreeze' } });
    expect(await failure({ ...taking, description: 'a\u0000b' })).toMatchObject({ code: 'bad-input' });
    expect(writes()).toEqual([]);
  });

  /** As it was begun by an app that was killed. */
  async function broken(): Promise<Operation> {
    fake.domain = 7;
    fake.state = domainState.running;
    const { kind, plan } = await planned({ ...taking, memory: true });
    return recallSnapshotOperation(kind, JSON.parse(JSON.stringify(plan)), () => fake.ask);
  }

  test.each([pausedReason.save, pausedReason.snapshot])(
    'whose daemon was killed is taken out of the images, and the guest that ran goes on (reason %d)',
    async (reason) => {
      const { steps } = await broken();
      fake.state = domainState.paused;
      fake.reason = reason;
      await steps[0]?.undo?.(undefined);
      expect(writes()).toEqual(['DOMAIN_SNAPSHOT_CREATE_XML', 'DOMAIN_SNAPSHOT_DELETE', 'DOMAIN_RESUME']);
      expect(fake.snapshots.size).toBe(0);
    },
  );

  test('whose images do not have it is forgotten; one that the person has paused stays paused', async () => {
    const { steps } = await broken();
    fake.state = domainState.paused;
    fake.reason = 1;
    fake.meanwhile = (name, { flags }) => {
      if (name === 'DOMAIN_SNAPSHOT_DELETE' && flags === 0) throw libvirtError(1);
    };
    await steps[0]?.undo?.(undefined);
    expect(fake.snapshots.size).toBe(0);
    expect(fake.state).toBe(domainState.paused);
  });
});

describe('restoring', () => {
  const restore = { verb: 'restoreSnapshot', snapshot: 'one', keepNow: 'Kept' };
  beforeEach(() => fake.add('one'));

  test('keeps NOW, reverts, and takes its mark away', async () => {
    await done(restore);
    expect(writes().filter((name) => name !== 'DOMAIN_SET_METADATA')).toEqual([
      ...['DOMAIN_SNAPSHOT_CREATE_XML', 'DOMAIN_SNAPSHOT_CREATE_XML', 'DOMAIN_REVERT_TO_SNAPSHOT'],
    ]);
    expect(fake.snapshots.size).toBe(2);
    expect(fake.metadata.size).toBe(0);
  });

  function revertFails(meanwhile: () => void = () => undefined): void {
    fake.meanwhile = (name) => {
      if (name !== 'DOMAIN_REVERT_TO_SNAPSHOT') return;
      meanwhile();
      throw libvirtError(1);
    };
  }

  test('that has done nothing is taken back as a whole', async () => {
    revertFails();
    expect(await failure(restore)).toMatchObject({ code: 1 });
    expect([...fake.snapshots.keys()]).toEqual(['one']);
    expect(fake.metadata.has(snapshotNamespace)).toBe(false);
  });

  test.each<[string, () => void, number, number]>([
    ['that has ended the guest', () => Object.assign(fake, { domain: -1, state: domainState.shutoff }), 7, 1],
    ['that has put the definition back', () => fake.metadata.clear(), -1, 1],
    ['that may have one of two disks back', () => undefined, -1, 2],
  ])('%s keeps what was kept of NOW', async (_what, meanwhile, domain, disks) => {
    fake.domain = domain;
    if (domain > 0) fake.state = domainState.running;
    fake.disks = ['/pool/a.qcow2', '/pool/b.qcow2'].slice(0, disks);
    revertFails(meanwhile);
    expect(await failure(restore)).toBeInstanceOf(HalfDoneError);
    expect(fake.snapshots.size).toBe(2);
  });

  test('is refused with its reason before anything is done', async () => {
    fake.gone.add('/pool/a.qcow2');
    const missing = { detail: { key: 'because.snapshotFileMissing', params: { path: '/pool/a.qcow2' } } };
    expect(await failure(restore)).toMatchObject(missing);
    fake.gone.clear();
    for (const version of [11_002_000, 11_003_000]) {
      fake.version = version;
      expect(await failure(restore)).toMatchObject({ detail: { key: 'because.revertBroken' } });
    }
    fake.version = 11_004_000;
    fake.saved = 1;
    expect(await failure(restore)).toMatchObject({ detail: { key: 'because.saved' } });
    fake.saved = 0;
    expect(await failure({ ...restore, snapshot: 'two' })).toMatchObject({
      detail: { key: 'failure.detail.snapshotGone' },
    });
    fake.add(
      'out',
      'one',
      "<memory snapshot='no'/><disks><disk snapshot='external'><source file='/o'/></disk></disks>",
    );
    expect(await failure(restore)).toMatchObject({ detail: { key: 'because.snapshotsMixed' } });
    expect(writes()).toEqual([]);
  });

  test('looks immediately before the revert: a guest that was started since is not ended', async () => {
    fake.meanwhile = (name) => {
      if (name === 'DOMAIN_SET_METADATA') Object.assign(fake, { domain: 7, state: domainState.running });
    };
    expect(await failure(restore)).toBeInstanceOf(Refusal);
    expect(fake.did('DOMAIN_REVERT_TO_SNAPSHOT')).toEqual([]);
  });
});

test('what another version has begun is not guessed at', async () => {
  fake.add('one');
  for (const [kind, plan] of [
    ['mergeSnapshot', {}],
    ['takeSnapshot', { uuid: 'x' }],
  ] as const) {
    const recalling = () => recallSnapshotOperation(kind, plan, () => fake.ask);
    expect(recalling).toThrow(expect.objectContaining({ detail: { key: 'failure.detail.unknownOperation' } }));
  }
  const change = await planned({ verb: 'protectSnapshot', snapshot: 'one' });
  const again = recallSnapshotOperation(change.kind, change.plan, () => fake.ask);
  expect(again).toMatchObject({ kind: change.kind, plan: change.plan });
});
