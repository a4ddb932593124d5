import { vi } from 'vitest';
import type { Failure } from '../../../../shared/failure.ts';
import type { Guest } from '../../../../shared/guest.ts';
import type { GuestId } from '../../../../shared/ids.ts';
import type { EngineEvent } from '../../engine.ts';
import { FailureError } from '../../failure-error.ts';
import { MemoryAnnotations } from '../../memory-annotations.ts';
import { MemoryIdentities } from '../../memory-identities.ts';
import { DockerEngine } from '../docker-engine.ts';
import type { DockerTimes } from '../docker-times.ts';
import { socketEndpoint } from './endpoint.ts';
import { FakeDaemon } from './fake-daemon.ts';

/** Short bounds, so that tests of what never answers are quick. */
export const quickTimes: DockerTimes = {
  list: 300,
  inspect: 300,
  measure: 300,
  stats: 2000,
  eventHead: 300,
  sampleRound: 100,
  relist: 60_000,
  eventPauses: [5, 10, 20],
};

/** An engine on a fake daemon, and everything that it told its owner. */
export interface FakeSetup {
  readonly daemon: FakeDaemon;
  readonly engine: DockerEngine;
  readonly identities: MemoryIdentities;
  readonly annotations: MemoryAnnotations;
  readonly changed: GuestId[][];
  readonly happened: EngineEvent[];
  readonly lost: Failure[];
  readonly counts: { changedAll: number };
  open(): Promise<{ version: string }>;
  /** Waits until the details of every container have been read ahead and taken. */
  settle(): Promise<Guest[]>;
  close(): Promise<void>;
}

export async function fakeSetup(times: Partial<DockerTimes> = {}): Promise<FakeSetup> {
  const daemon = await FakeDaemon.start();
  const identities = new MemoryIdentities();
  const annotations = new MemoryAnnotations();
  const engine = new DockerEngine(socketEndpoint(daemon.socket), identities, annotations, {
    ...quickTimes,
    ...times,
  });
  const changed: GuestId[][] = [];
  const happened: EngineEvent[] = [];
  const lost: Failure[] = [];
  const counts = { changedAll: 0 };
  return {
    ...{ daemon, engine, identities, annotations, changed, happened, lost, counts },
    open: () =>
      engine.open({
        changed: (guests) => changed.push([...guests]),
        changedAll: () => {
          counts.changedAll += 1;
        },
        happened: (events) => happened.push(...events),
        lost: (failure) => lost.push(failure),
      }),
    async settle() {
      const listed = await engine.list();
      await vi.waitFor(() => {
        const told = new Set(changed.flat());
        for (const { id, name } of listed) if (!told.has(id)) throw new Error(`no details of ${name} yet`);
      });
      const rows = await engine.read(listed.map(({ id }) => id));
      changed.length = 0;
      return rows;
    },
    async close() {
      await engine.close();
      await daemon.close();
    },
  };
}

/** The failure that a promise rejects with; anything else is a fault of the engine. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (error instanceof FailureError) return error.failure;
  throw new Error('no failure', { cause: error });
}
