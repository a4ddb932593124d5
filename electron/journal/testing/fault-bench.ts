import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Task } from '../../../shared/task.ts';
import { type DiskMoment, type DiskWatch, watchJournalDisk } from './journal-disk.ts';
import { ScriptedApp } from './scripted-app.ts';
import { type Plan, ScriptedWorld } from './scripted-world.ts';

/** `npm run faults` tries every second fault, not only some. */
export const everyFault = process.env.POSADA_FAULTS !== undefined;
/** Milliseconds for a test of faults. */
export const faultsMs = everyFault ? 1_800_000 : 60_000;

/** An operation, and the step of it that its engine refuses. */
export interface Way {
  readonly plan: Plan;
  readonly refused?: string;
}
export const ways: readonly Way[] = [
  { plan: ['a', 'b', 'c'] },
  { plan: ['a', 'b', 'c!'] },
  { plan: ['a', 'b!', 'c!'] },
  { plan: ['a', 'b', 'c'], refused: 'b' },
  { plan: ['a', 'b', 'c!'], refused: 'c!' },
];

/** What runs of the app follow each other on: an engine's world, and a folder for journals. */
export class FaultBench {
  folder = '';
  world = new ScriptedWorld();
  /** All that is done to the engine and to the disk passes here. */
  moment: (at: 'world' | DiskMoment) => Promise<void> = async () => undefined;
  #disk: DiskWatch | undefined;

  /** For each test of the file. */
  constructor() {
    beforeEach(async () => {
      this.folder = await mkdtemp(path.join(tmpdir(), 'posada-test-faults-'));
      this.#disk = await watchJournalDisk({ moment: (at) => this.moment(at) });
    });
    afterEach(async () => {
      await this.#disk?.end();
      await rm(this.folder, { recursive: true });
    });
  }

  /** A world in which nothing was done, without faults. */
  renew({ refused }: Way): void {
    this.calm();
    this.world = new ScriptedWorld();
    this.world.moment = () => this.moment('world');
    if (refused) this.world.refused.add(refused);
  }

  /** No more faults. */
  calm(): void {
    this.moment = async () => undefined;
  }

  /** Journals that were written and are open still. */
  openFiles(): number {
    return this.#disk?.open() ?? 0;
  }

  start({ plan }: Way): Promise<ScriptedApp> {
    return ScriptedApp.start(this.world, plan, this.folder);
  }

  /** The app ends at this moment. @returns whether it came so far */
  async runUntil(at: number, way: Way, run: (app: ScriptedApp) => void): Promise<boolean> {
    const app = await this.start(way);
    let passed = 0;
    this.moment = async () => {
      passed += 1;
      if (passed <= at) return;
      app.crash();
      await new Promise(() => undefined);
    };
    run(app);
    await app.quiet();
    this.calm();
    return passed > at;
  }

  /** Starts the app without any fault, and gives what it has recovered. */
  async startWell(way: Way): Promise<Task[]> {
    const app = await this.start(way);
    app.live();
    await app.quiet();
    expect(await app.recovery.failures()).toEqual([]);
    expect(await readdir(this.folder)).toEqual([]);
    return app.recoveries();
  }
}
