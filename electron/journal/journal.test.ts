import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineId, GuestId, TaskId } from '../../shared/ids.ts';
import { say } from '../../shared/message.ts';
import { FailureError } from '../engines/failure-error.ts';
import type { Facts, Operation, Step } from '../engines/operation.ts';
import { type Journal, JournalFile, type JournalHead, parseJournal } from './journal-file.ts';
import { CancelledError, HalfDoneError, type OperationRun, perform } from './perform.ts';
import { recover } from './recover.ts';

/** What stands for the engine's side: it stays over a crash of the app. Each step makes two things, one after the other. */
let world: Set<string>;
let folder: string;
/** The journal, where it is not a file. */
let disk: string | undefined;
beforeEach(async () => {
  world = new Set();
  folder = await mkdtemp(path.join(tmpdir(), 'posada-test-journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

const head: JournalHead = {
  journal: 1,
  task: 'task-1' as TaskId,
  engine: 'demo' as EngineId,
  guest: 'guest-1' as GuestId,
  guestName: 'web',
  action: { verb: 'start' },
  at: 1,
  kind: 'test',
  plan: { of: [1, 'two'] },
};

class Crash extends Error {}

/** Counts everything that is done, and ends the app at one of these moments: nothing works any more after it. */
class App {
  readonly #crashAt: number;
  moments = 0;
  constructor(crashAt = Number.POSITIVE_INFINITY) {
    this.#crashAt = crashAt;
  }

  moment(): void {
    this.moments += 1;
    if (this.moments > this.#crashAt) throw new Crash();
  }

  step(name: string, how: { forward?: boolean; fails?: boolean; undoFails?: boolean } = {}): Step {
    const step: Step = {
      name,
      do: async (): Promise<Facts> => {
        this.moment();
        if (how.fails && how.forward) throw new Error(`${name} is refused`);
        world.add(`${name} half`);
        this.moment();
        if (how.fails) throw new Error(`${name} is refused`);
        world.add(name);
        this.moment();
        return { made: name };
      },
    };
    if (how.forward) return step;
    return {
      ...step,
      undo: async () => {
        this.moment();
        if (how.undoFails) throw new Error(`${name} stays`);
        world.delete(name);
        this.moment();
        world.delete(`${name} half`);
        this.moment();
      },
    };
  }

  /** A journal in memory, written at moments too. */
  journal(): Journal {
    return {
      write: async (line) => {
        this.moment();
        disk += `${JSON.stringify(line)}\n`;
        this.moment();
      },
      end: async () => {
        this.moment();
        disk = undefined;
        this.moment();
      },
    };
  }
}

const run = (): OperationRun => ({
  signal: new AbortController().signal,
  progress: () => undefined,
  cancellable: () => undefined,
});
const operation = (steps: readonly Step[]): Operation => ({ kind: 'test', plan: head.plan, steps });

/** Begins the operation with a journal in memory; its failure is not what is looked at. */
async function begin(app: App, steps: readonly Step[], how = run()): Promise<void> {
  disk = `${JSON.stringify(head)}\n`;
  await perform(operation(steps), app.journal(), how).catch(() => undefined);
}

/** Brings to an end what the last run has left, as the next start of the app does. */
async function recoverLeft(app: App, steps: readonly Step[]): Promise<void> {
  const content = disk === undefined ? undefined : parseJournal(disk);
  if (content) await recover(operation(steps), content.steps, app.journal(), run());
}

async function recoverFile(file: string, steps: readonly Step[]): Promise<string> {
  const content = parseJournal(await readFile(file, 'utf8'));
  return recover(operation(steps), content?.steps ?? new Map(), await JournalFile.goOn(file), run());
}

type Ways = { readonly [name: string]: (app: App) => Step[] };
const ways: Ways = {
  'that can all be taken back': (app) => [app.step('a'), app.step('b'), app.step('c')],
  'of which the last goes forward only': (app) => [app.step('a'), app.step('b'), app.step('c', { forward: true })],
  'of which the last two go forward only': (app) => [
    app.step('a'),
    app.step('b', { forward: true }),
    app.step('c', { forward: true }),
  ],
  'of which the second is refused': (app) => [app.step('a'), app.step('b', { fails: true }), app.step('c')],
  'of which the last, forward only, is refused': (app) => [
    app.step('a'),
    app.step('b'),
    app.step('c', { forward: true, fails: true }),
  ],
};

const whole = ['a half', 'a', 'b half', 'b', 'c half', 'c'];

describe.each(Object.entries(ways))('steps %s', (_, make) => {
  test('leave the old or the new state, whenever the app crashes, and also while it recovers', async () => {
    const all = new App();
    await begin(all, make(all));
    expect(disk).toBeUndefined();
    expect(all.moments).toBeGreaterThan(10);
    for (let first = 0; first < all.moments; first += 1) {
      for (let second = 0; second < 40; second += 1) {
        world.clear();
        const app = new App(first);
        await begin(app, make(app));
        const again = new App(second);
        await recoverLeft(again, make(again)).catch(() => undefined);
        const last = new App();
        await recoverLeft(last, make(last));
        expect(disk).toBeUndefined();
        const left = [...world].sort();
        expect([[], [...whole].sort()], `crash at ${first}, then at ${second}`).toContainEqual(left);
      }
    }
  });

  test('leave the old or the new state, whenever the person cancels', async () => {
    for (let at = 0; at < 12; at += 1) {
      world.clear();
      const abort = new AbortController();
      const app = new App();
      const moment = app.moment.bind(app);
      app.moment = () => {
        moment();
        if (app.moments > at) abort.abort();
      };
      await begin(app, make(app), { ...run(), signal: abort.signal });
      expect(disk).toBeUndefined();
      expect([[], [...whole].sort()], `cancelled at ${at}`).toContainEqual([...world].sort());
    }
  });
});

test('a cancel is told as one', async () => {
  const app = new App();
  const journal = await JournalFile.begin(folder, head);
  const cancelled = perform(operation([app.step('a')]), journal, { ...run(), signal: AbortSignal.abort() });
  await expect(cancelled).rejects.toBeInstanceOf(CancelledError);
  expect([...world]).toEqual([]);
});

test('what a step has learned is there for later steps, for its undo, and after a crash', async () => {
  const heard: unknown[] = [];
  const steps: Step[] = [
    { name: 'make', do: async () => ({ path: '/x' }), undo: async (facts) => void heard.push(['undo', facts]) },
    {
      name: 'use',
      do: async (how) => {
        heard.push(how.facts('make'));
        throw new FailureError({ code: 'engine-lost', title: say('failure.title.command'), remedies: [] });
      },
      undo: async (facts) => void heard.push(['undo', facts]),
    },
  ];
  const journal = await JournalFile.begin(folder, head);
  await expect(perform(operation(steps), journal, run())).rejects.toBeInstanceOf(FailureError);
  await journal.close();
  // The engine is lost: nothing can be taken back now.
  expect(heard).toEqual([{ path: '/x' }]);
  expect(await readdir(folder)).toHaveLength(1);
  const content = parseJournal(await readFile(journal.path, 'utf8'));
  expect(content?.head).toEqual(head);
  expect(await recoverFile(journal.path, steps)).toBe('undone');
  expect(heard.slice(1)).toEqual([
    ['undo', undefined],
    ['undo', { path: '/x' }],
  ]);
});

test('where taking back fails the journal stays, says so, and is tried again', async () => {
  const app = new App();
  const make = (undoFails: boolean): Step[] => [app.step('a', { undoFails }), app.step('b', { fails: true })];
  const journal = await JournalFile.begin(folder, head);
  const error = await perform(operation(make(true)), journal, run()).catch((caught: unknown) => caught);
  await journal.close();
  expect(error).toBeInstanceOf(HalfDoneError);
  expect(error).toMatchObject({ step: 'a', first: { message: 'b is refused' } });
  expect(await recoverFile(journal.path, make(false))).toBe('undone');
  expect([...world]).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

test('a step that fails after one that cannot be taken back leaves the journal, to be finished', async () => {
  const app = new App();
  const make = (fails: boolean): Step[] => [app.step('a', { forward: true }), app.step('b', { forward: true, fails })];
  const journal = await JournalFile.begin(folder, head);
  await expect(perform(operation(make(true)), journal, run())).rejects.toBeInstanceOf(HalfDoneError);
  await journal.close();
  expect(await recoverFile(journal.path, make(false))).toBe('finished');
  expect([...world]).toEqual(['a half', 'a', 'b half', 'b']);
});

test('progress is of the whole, by the weights of the steps', async () => {
  const heard: number[] = [];
  const steps: Step[] = [
    { name: 'quick', do: async () => undefined },
    { name: 'long', weight: 3, do: async ({ progress }) => void progress(0.5) as undefined },
  ];
  const journal = await JournalFile.begin(folder, head);
  await perform(operation(steps), journal, { ...run(), progress: (part) => heard.push(part) });
  expect(heard).toEqual([0.25, 0.625, 1]);
});

describe('a journal', () => {
  test('of which the first line is cut off was of nothing done', () => {
    expect(parseJournal('')).toBeUndefined();
    expect(parseJournal('{"journal":1,"ta')).toBeUndefined();
  });

  test('of which the last line is cut off does not tell of it, and is gone on with', async () => {
    const file = path.join(folder, 'cut.jsonl');
    await writeFile(file, `${JSON.stringify(head)}\n{"now":"begin","step":"a"}\n{"now":"do`);
    const journal = await JournalFile.goOn(file);
    await journal.write({ now: 'undone', step: 'a' });
    await journal.close();
    expect(parseJournal(await readFile(file, 'utf8'))?.steps.get('a')).toEqual({ at: 'undone' });
  });

  test('of something else is refused', () => {
    expect(() => parseJournal('{"journal":2}\n')).toThrow();
    expect(() => parseJournal(`${JSON.stringify(head)}\nnonsense\n`)).toThrow();
  });

  test('is not begun twice', async () => {
    const journal = await JournalFile.begin(folder, head);
    await journal.close();
    await expect(JournalFile.begin(folder, head)).rejects.toMatchObject({ at: 'begin', cause: { code: 'EEXIST' } });
    expect(parseJournal(await readFile(journal.path, 'utf8'))?.head).toEqual(head);
  });
});
