import { setTimeout as pause } from 'node:timers/promises';
import { say } from '../../../shared/message.ts';
import type { ActionRun } from '../engine.ts';
import {
  errorCode,
  jobType,
  LibvirtError,
  type LibvirtHost,
  type RpcConnection,
  type remote_nonnull_domain,
} from './client/index.ts';
import { overSpare } from './over-spare.ts';
import { Refusal } from './refusal.ts';

/** Milliseconds between two questions how far it is. */
const pollMs = 200;
/** The first one comes sooner: until libvirt says that it has begun, it cannot be cancelled. */
const firstPollMs = 10;

/**
 * Writes a domain's memory to disk and ends it (managed save): its next start goes on from there. One that is cancelled
 * goes on as before, paused where it was paused, and has no saved state. A cancel that comes too late changes nothing.
 * Over connections of its own: it may take minutes, and libvirt answers only a few calls of one connection at a time.
 * @throws Refusal `cancelled`; LibvirtError
 */
export async function saveDomain(host: LibvirtHost, dom: remote_nonnull_domain, run: ActionRun): Promise<void> {
  await overSpare(host, async (side) => {
    const over = new AbortController();
    const saving = overSpare(host, (own) => own.call('DOMAIN_MANAGED_SAVE', { dom, flags: 0 }));
    // What goes wrong with the questions is no fault of the save: a driver may have none, and the last one is given up.
    watchJob(side, dom, run, over.signal).catch(() => undefined);
    try {
      await saving;
    } catch (error) {
      const aborted = error instanceof LibvirtError && error.code === errorCode.operationAborted;
      if (aborted && run.signal.aborted) throw new Refusal('cancelled', say('failure.detail.cancelled'), [], error);
      throw error;
    } finally {
      over.abort();
    }
  });
}

/**
 * Tells how far the domain's job is, and aborts it when the person cancels: possible from when libvirt says that it has
 * begun. A driver without such jobs tells nothing and cannot cancel.
 */
async function watchJob(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  run: ActionRun,
  over: AbortSignal,
): Promise<void> {
  let waitMs = firstPollMs;
  for (let begun = false; !over.aborted; ) {
    const job = await connection.call('DOMAIN_GET_JOB_INFO', { dom });
    if (over.aborted) return;
    if (job.type !== jobType.none) {
      if (!begun) run.cancellable(true);
      begun = true;
      const total = Number(job.dataTotal);
      if (total > 0) run.progress(1 - Number(job.dataRemaining) / total);
      if (run.signal.aborted) await abortJob(connection, dom);
    }
    // A cancel is not kept waiting; once it has come, only the end can come sooner.
    const sooner = run.signal.aborted ? over : AbortSignal.any([over, run.signal]);
    await pause(waitMs, undefined, { signal: sooner }).catch(() => undefined);
    waitMs = Math.min(pollMs, waitMs * 2);
  }
}

/** A job that has just ended cannot be aborted any more: that is no fault. */
async function abortJob(connection: RpcConnection, dom: remote_nonnull_domain): Promise<void> {
  try {
    await connection.call('DOMAIN_ABORT_JOB', { dom });
  } catch (error) {
    if (!(error instanceof LibvirtError && error.code === errorCode.operationInvalid)) throw error;
  }
}
