import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Action, action as actionSchema } from '../../shared/action.ts';
import { deletePart } from '../../shared/delete-plan.ts';
import { failure } from '../../shared/failure.ts';
import type { Guest, GuestState } from '../../shared/guest.ts';
import { configurationText, guestDetail } from '../../shared/guest-detail.ts';
import { guestEvent } from '../../shared/guest-event.ts';
import type { GuestId } from '../../shared/ids.ts';
import { askingVerbs, plainVerbs, togglePairs, type Verb } from '../../shared/verbs.ts';
import { quietRun } from '../journal/testing/quiet-run.ts';
import type { ContractHarness } from './contract.test-suite.ts';
import type { ActionRun, EngineEvent } from './engine.ts';
import { FailureError } from './failure-error.ts';

const execute = promisify(execFile);

/** What the verbs that change more than a state are held against. */
export interface VerbHarness extends ContractHarness {
  /** The names of all guests as the engine's own tool lists them. */
  namesOutside(): Promise<string[]>;
  /** `on` or `off` for autostart, the name of a restart policy; left out where the engine has neither. */
  startupOutside?(name: string): Promise<string>;
  /** A text of the engine's own tool that holds tags and title; left out where the engine keeps neither. */
  metadataOutside?(name: string): Promise<string>;
  /** False where there is no tool that commands could be pasted for. */
  readonly hasTool?: boolean;
}

const run: ActionRun = quietRun();
const patience = { timeout: 60_000, interval: 50 };

/** The promises of the verbs of the workbench and of what is known of one guest, asked of every engine. */
export function engineVerbContract(title: string, makeHarness: () => Promise<VerbHarness>): void {
  describe(`verbs contract: ${title}`, { timeout: 120_000 }, () => {
    const name = `posada-test-verbs-${process.pid}`;
    const heard: EngineEvent[] = [];
    let harness: VerbHarness;
    let id: GuestId;

    const can = (verb: Verb): boolean => !harness.without?.includes(verb);

    async function now(): Promise<Guest> {
      const [guest] = await harness.engine.read([id]);
      if (!guest) throw new Error(`${name} is gone`);
      return guest;
    }

    async function act(action: Action): Promise<void> {
      await harness.engine.act(id, actionSchema.parse(action), run);
    }

    /** Acts and waits until the engine's own tool and the engine both tell the state. */
    async function actTo(action: Action, state: GuestState): Promise<void> {
      await act(action);
      await vi.waitFor(async () => expect(await harness.stateOutside(name)).toBe(state), patience);
      await vi.waitFor(async () => expect((await now()).state).toBe(state), patience);
    }

    async function refusal(action: Action) {
      const error = await act(action).then(
        () => undefined,
        (caught: unknown) => caught,
      );
      expect(error).toBeInstanceOf(FailureError);
      const told = (error as FailureError).failure;
      expect(failure.safeParse(told).error).toBeUndefined();
      return told;
    }

    const offerOf = async (verb: Verb) => (await now()).offers.find((offer) => offer.verb === verb);

    beforeAll(async () => {
      harness = await makeHarness();
      await harness.engine.open({
        changed: () => undefined,
        changedAll: () => undefined,
        happened: (events) => heard.push(...events),
        lost: () => undefined,
      });
      await harness.makeOutside(name);
      id = await vi.waitFor(async () => {
        const made = (await harness.engine.list()).find((guest) => guest.name === name);
        if (!made) throw new Error(`${name} is not listed`);
        return made.id;
      }, patience);
    });

    afterAll(async () => {
      for (const left of await harness.namesOutside()) {
        if (left.startsWith(name)) await harness.removeOutside(left);
      }
      await harness.engine.close();
      await harness.close();
    });

    test('offers every verb that it can, with a reason where it is not ready, and no other', async () => {
      const { offers } = await now();
      const offered = offers.map((offer) => offer.verb);
      // Those of a snapshot come with the snapshot.
      for (const verb of [...plainVerbs, ...askingVerbs]) {
        if (can(verb)) expect(offered, verb).toContain(verb);
        else expect(offers.find((offer) => offer.verb === verb)?.ready ?? false, verb).toBe(false);
      }
      for (const pair of togglePairs.filter(([verb]) => can(verb))) {
        expect(offers.filter(({ verb, ready }) => ready && pair.some((each) => each === verb))).toHaveLength(1);
      }
    });

    test('tells all of a guest, and the text that defines it', async () => {
      const detail = await harness.engine.detail(id);
      expect(guestDetail.safeParse(detail).error).toBeUndefined();
      expect([detail.guest, detail.kind]).toEqual([id, (await now()).kind]);
      const texts = await harness.engine.configuration(id);
      expect(texts.length).toBeGreaterThan(0);
      for (const each of texts) {
        expect(configurationText.safeParse(each).error).toBeUndefined();
        expect(each.text).toContain(name);
      }
      const gone = { failure: { code: 'guest-gone' } };
      await expect(harness.engine.detail('nobody/nothing' as GuestId)).rejects.toMatchObject(gone);
      await expect(harness.engine.configuration('nobody/nothing' as GuestId)).rejects.toMatchObject(gone);
      await expect(harness.engine.planDelete('nobody/nothing' as GuestId)).rejects.toMatchObject(gone);
    });

    test('renames, and the guest stays the same', async () => {
      const other = `${name}-new`;
      await act({ verb: 'rename', name: other });
      const names = await harness.namesOutside();
      expect([names.includes(other), names.includes(name)]).toEqual([true, false]);
      await vi.waitFor(async () => expect((await now()).name).toBe(other), patience);
      await act({ verb: 'rename', name });
      await vi.waitFor(async () => expect((await now()).name).toBe(name), patience);
    });

    test('refuses a name that is taken or is none, and changes nothing', async () => {
      const other = `${name}-taken`;
      await harness.makeOutside(other);
      const taken = await refusal({ verb: 'rename', name: other });
      expect(taken.detail?.key).toBe('failure.detail.nameTaken');
      expect(taken.remedies).not.toEqual([]);
      expect((await refusal({ verb: 'rename', name: 'one/two\nthree' })).detail?.key).toBe('failure.detail.badName');
      const names = await harness.namesOutside();
      expect([names.includes(name), names.includes(other)]).toEqual([true, true]);
      await harness.removeOutside(other);
    });

    test('keeps a title and tags, and takes them away', async () => {
      await act({ verb: 'setTitle', title: 'Für <dich> & "mich"' });
      await act({ verb: 'setTags', add: ['db', 'año'], remove: [] });
      await vi.waitFor(
        async () => expect(await now()).toMatchObject({ title: 'Für <dich> & "mich"', tags: ['año', 'db'] }),
        patience,
      );
      if (harness.metadataOutside) expect(await harness.metadataOutside(name)).toContain('año');
      await act({ verb: 'setTags', add: ['web'], remove: ['db'] });
      await vi.waitFor(async () => expect((await now()).tags).toEqual(['año', 'web']), patience);
      await act({ verb: 'setTitle', title: '' });
      await act({ verb: 'setTags', add: [], remove: ['año', 'web'] });
      await vi.waitFor(async () => expect(await now()).not.toHaveProperty('title'), patience);
      expect((await now()).tags).toEqual([]);
      if (harness.metadataOutside) expect(await harness.metadataOutside(name)).not.toContain('año');
    });

    test('deletes no protected guest', async () => {
      await act({ verb: 'protect' });
      await vi.waitFor(async () => expect((await now()).protected).toBe(true), patience);
      expect(await offerOf('delete')).toMatchObject({ ready: false, because: { key: 'because.protected' } });
      expect((await refusal({ verb: 'delete', parts: [], endsRunning: true })).detail?.key).toBe(
        'failure.detail.protected',
      );
      expect(await harness.namesOutside()).toContain(name);
      await act({ verb: 'unprotect' });
      await vi.waitFor(async () => expect((await offerOf('delete'))?.ready).toBe(true), patience);
    });

    test('turns autostart on and off', async ({ skip }) => {
      skip(!can('enableAutostart'), 'this engine has no autostart');
      await act({ verb: 'enableAutostart' });
      await vi.waitFor(async () => expect((await now()).startup).toEqual({ by: 'autostart', on: true }), patience);
      if (harness.startupOutside) expect(await harness.startupOutside(name)).toBe('on');
      await act({ verb: 'disableAutostart' });
      await vi.waitFor(async () => expect((await now()).startup).toEqual({ by: 'autostart', on: false }), patience);
      if (harness.startupOutside) expect(await harness.startupOutside(name)).toBe('off');
    });

    test('changes the restart policy', async ({ skip }) => {
      skip(!can('setRestartPolicy'), 'this engine has no restart policies, or cannot change them');
      await act({ verb: 'setRestartPolicy', policy: 'on-failure', maximumRetries: 3 });
      const startup = { by: 'restartPolicy', policy: 'on-failure', maximumRetries: 3 };
      await vi.waitFor(async () => expect((await now()).startup).toEqual(startup), patience);
      if (harness.startupOutside) expect(await harness.startupOutside(name)).toBe('on-failure');
      await act({ verb: 'setRestartPolicy', policy: 'no' });
      await vi.waitFor(async () => expect((await now()).startup).toMatchObject({ policy: 'no' }), patience);
      if (harness.startupOutside) expect(await harness.startupOutside(name)).toBe('no');
    });

    test('saves to disk and goes on, or throws the saved state away', async ({ skip }) => {
      skip(!can('save'), 'this engine cannot save');
      await actTo({ verb: 'start' }, 'running');
      await harness.booted?.(name);
      await actTo({ verb: 'save' }, 'saved');
      expect(await offerOf('start')).toMatchObject({ ready: true, label: { key: 'verb.restore' } });
      await actTo({ verb: 'start' }, 'running');
      await actTo({ verb: 'save' }, 'saved');
      await actTo({ verb: 'discardSave' }, 'stopped');
    });

    test('resets', async ({ skip }) => {
      skip(!can('reset'), 'this engine cannot reset');
      await actTo({ verb: 'start' }, 'running');
      await harness.booted?.(name);
      await actTo({ verb: 'reset' }, 'running');
      await harness.booted?.(name);
      await actTo({ verb: 'forceOff' }, 'stopped');
    });

    test('gives commands that do the same when they are pasted', async ({ skip }) => {
      skip(harness.hasTool === false, 'there is no tool to paste commands for');
      const paste = async (action: Action) => {
        const commands = harness.engine.commands(id, action);
        expect(commands, action.verb).not.toEqual([]);
        for (const command of commands) await execute('sh', ['-c', command]);
      };
      await paste({ verb: 'start' });
      await vi.waitFor(async () => expect(await harness.stateOutside(name)).toBe('running'), patience);
      await paste({ verb: 'forceOff' });
      await vi.waitFor(async () => expect(await harness.stateOutside(name)).toBe('stopped'), patience);
      await paste({ verb: 'rename', name: `${name}-pasted` });
      expect(await harness.namesOutside()).toContain(`${name}-pasted`);
      await vi.waitFor(async () => expect((await now()).name).toBe(`${name}-pasted`), patience);
      await paste({ verb: 'rename', name });
      await vi.waitFor(async () => expect((await now()).name).toBe(name), patience);
    });

    test('exports the file system as a tar file', async ({ skip }) => {
      skip(!can('export'), 'this engine exports nothing');
      const file = path.join(tmpdir(), `${name}.tar`);
      try {
        await act({ verb: 'export', file });
        expect((await execute('tar', ['-tf', file])).stdout).toContain('bin/busybox');
      } finally {
        await rm(file, { force: true });
      }
    });

    test('tells what happened, whoever did it', async () => {
      heard.splice(0);
      await actTo({ verb: 'start' }, 'running');
      await actTo({ verb: 'forceOff' }, 'stopped');
      await vi.waitFor(() => {
        const mine = heard.filter((event) => event.guest === id).map((event) => event.what.key);
        expect(mine.some((key) => key.startsWith('event.started'))).toBe(true);
        expect(mine.some((key) => /^event\.(stopped|stoppedBy|exited)$/.test(key))).toBe(true);
      }, patience);
      for (const event of heard) {
        expect(guestEvent.safeParse({ ...event, id: 1, from: 'engine' }).error).toBeUndefined();
      }
    });

    test('does to a guest that is gone nothing but say so', async () => {
      for (const verb of plainVerbs.filter(can)) {
        await expect(harness.engine.act('nobody/nothing' as GuestId, { verb }, run)).rejects.toMatchObject({
          failure: { code: 'guest-gone' },
        });
      }
    });

    test('deletes it, after saying what goes', async () => {
      const parts = await harness.engine.planDelete(id);
      for (const part of parts) expect(deletePart.safeParse(part).error).toBeUndefined();
      expect(new Set(parts.map((part) => part.id)).size).toBe(parts.length);
      expect(parts.some((part) => part.goes === 'always')).toBe(true);
      for (const part of parts) if (part.goes === 'never') expect([part.chosen, !!part.because]).toEqual([false, true]);
      await act({
        verb: 'delete',
        parts: parts.filter((part) => part.chosen).map((part) => part.id),
        endsRunning: true,
      });
      expect(await harness.namesOutside()).not.toContain(name);
      await vi.waitFor(async () => expect(await harness.engine.read([id])).toEqual([]), patience);
    });
  });
}
