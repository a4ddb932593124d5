import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { domainXml, type TestDisk, Virsh } from '../../../../build/testing/test-domains.ts';
import { TestPool } from '../../../../build/testing/test-pool.ts';
import type { DeletePart } from '../../../../shared/delete-plan.ts';
import type { Failure } from '../../../../shared/failure.ts';
import type { GuestId } from '../../../../shared/ids.ts';
import { quietRun } from '../../../journal/testing/quiet-run.ts';
import { FailureError } from '../../failure-error.ts';
import { makeEndpoint } from '../endpoint.ts';
import { LibvirtEngine } from '../libvirt-engine.ts';

// What the tests of deleting real VMs share: an engine, a pool, and guests that are taken away after each test.

export const mark = `posada-test-delete-${process.pid}`;
export const virsh = new Virsh();
export const engine = new LibvirtEngine(makeEndpoint('qemu:///system'));
export const run = quietRun();
export let pool: TestPool;
/** Also those that are gone have left what they said on their serial port. */
export const made = new Set<string>();

beforeAll(async () => {
  pool = await TestPool.make(virsh, mark);
  await engine.open({
    changed: () => undefined,
    changedAll: () => undefined,
    happened: () => undefined,
    lost: () => undefined,
  });
});
afterEach(async () => {
  for (const name of made) await virsh.remove(name);
  made.clear();
  for (const volume of await pool.volumes()) await virsh.run('vol-delete', '--pool', pool.name, volume);
});
afterAll(async () => {
  await engine.close();
  await pool?.remove();
});

/** Makes a VM with these disks. */
export async function define(name: string, disks: readonly (string | TestDisk)[], os = ''): Promise<string> {
  const all = disks.map((disk) => (typeof disk === 'string' ? { path: disk } : disk));
  const full = `${mark}-${name}`;
  made.add(full);
  await virsh.define(await domainXml({ name: full, disks: all, os }));
  return full;
}

export async function idOf(name: string): Promise<GuestId> {
  const found = (await engine.list()).find((guest) => guest.name === name);
  if (!found) throw new Error(`${name} is not listed`);
  return found.id;
}

export async function plan(name: string): Promise<DeletePart[]> {
  return engine.planDelete(await idOf(name));
}

/** Chosen, or not only for others on this machine: a VM that is off, with a disk in no pool, may stand on anything. */
export const isProposed = ({ chosen, because }: DeletePart): boolean =>
  chosen || !!because?.key.startsWith('part.maybeBase');

/** What is said of each file, by its name in the pool: chosen, `person`, or why it stays. */
export function said(parts: readonly DeletePart[]): Record<string, string> {
  return Object.fromEntries(
    parts
      .filter(({ kind }) => kind === 'disk' || kind === 'backing')
      .map((part) => [
        part.name.replace(`${pool.folder}/`, ''),
        `${part.kind} ${part.goes === 'never' ? part.because?.key : part.kind === 'disk' && isProposed(part) ? 'chosen' : part.goes}`,
      ]),
  );
}

export const chosen = (parts: readonly DeletePart[]): string[] =>
  parts.filter((part) => part.kind !== 'backing' && part.goes !== 'never' && isProposed(part)).map(({ id }) => id);
export const files = (...names: string[]): string[] => names.map((name) => `file:${pool.path(name)}`);

export async function remove(name: string, parts: readonly string[]): Promise<void> {
  await engine.act(await idOf(name), { verb: 'delete', parts: [...parts], endsRunning: true }, run);
}

export async function refusal(name: string, parts: readonly string[]): Promise<Failure> {
  const error: unknown = await remove(name, parts).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(FailureError);
  return (error as FailureError).failure;
}
