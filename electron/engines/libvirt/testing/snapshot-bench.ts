import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, vi } from 'vitest';
import { run as execute } from '../../../../build/testing/execute.ts';
import { sharedFolder } from '../../../../build/testing/guest-kernel.ts';
import { scriptedDomainXml } from '../../../../build/testing/scripted-guest.ts';
import { domainXml, Virsh } from '../../../../build/testing/test-domains.ts';
import { TestPool } from '../../../../build/testing/test-pool.ts';
import { type Action, action as actionSchema } from '../../../../shared/action.ts';
import type { Failure } from '../../../../shared/failure.ts';
import type { GuestId } from '../../../../shared/ids.ts';
import { type GuestSnapshots, guestSnapshots, type Snapshot, type SnapshotId } from '../../../../shared/snapshot.ts';
import { quietRun } from '../../../journal/testing/quiet-run.ts';
import { FailureError } from '../../failure-error.ts';
import { makeEndpoint } from '../endpoint.ts';
import { LibvirtEngine } from '../libvirt-engine.ts';

/** It counts in its memory, says each number on its serial port, and writes it to the beginning of its disks. */
const counting = `(n=0; while :; do n=$((n+1)); for d in /dev/vd?; do echo "count $n." | dd of=$d conv=fsync,notrunc 2>/dev/null; done
  echo "count $n." > /dev/ttyS0; sleep 0.2; done) &`;

/** A real engine with guests whose disks can be looked into. */
export class SnapshotBench {
  readonly virsh = new Virsh();
  readonly engine = new LibvirtEngine(makeEndpoint('qemu:///system'));
  readonly mark = `posada-test-snap-${process.pid}`;
  pool!: TestPool;
  /** Of the guest of one test. */
  name = '';
  id!: GuestId;
  disks: string[] = [];
  #count = 0;

  async open(): Promise<void> {
    this.pool = await TestPool.make(this.virsh, `${this.mark}-pool`);
    const quiet = { changed: () => undefined, changedAll: () => undefined, happened: () => undefined };
    await this.engine.open({ ...quiet, lost: () => undefined });
  }

  async close(): Promise<void> {
    await this.engine.close();
    await this.pool.remove();
    await rm(path.join(sharedFolder, 'initrd-scripted'), { force: true });
  }

  /** Defines a guest with so many disks, each with 0x11 in it. */
  async make(disks = 1, { counts = false, more = '', os = '' } = {}): Promise<void> {
    this.#count += 1;
    this.name = `${this.mark}-${this.#count}`;
    this.disks = [];
    for (let at = 0; at < disks; at += 1) this.disks.push(await this.pool.volume(`${this.#count}-${at}.qcow2`));
    await this.write(0x11);
    const [disk, ...others] = this.disks;
    const domain = { name: this.name, os, ...(disk && { disk }), disks: others.map((each) => ({ path: each, more })) };
    await this.virsh.define(await (counts ? scriptedDomainXml(domain, sharedFolder, counting) : domainXml(domain)));
    await this.look();
  }

  async look(): Promise<void> {
    const found = (await this.engine.list()).find((guest) => guest.name === this.name);
    if (!found) throw new Error(`${this.name} is not listed`);
    this.id = found.id;
  }

  async clean(): Promise<void> {
    await this.virsh.remove(this.name);
    for (const volume of await this.pool.volumes()) {
      await this.virsh.run('vol-delete', '--pool', this.pool.name, volume);
    }
  }

  /** Fills the beginning of each disk of a guest that is off. */
  async write(pattern: number, disks = this.disks): Promise<void> {
    for (const disk of disks) await execute('qemu-io', ['-f', 'qcow2', '-c', `write -P ${pattern} 0 64k`, disk]);
  }

  /** Whether the beginning of each disk is filled so. */
  async holds(pattern: number, disks = this.disks): Promise<boolean> {
    for (const disk of disks) {
      const command = ['-r', '-f', 'qcow2', '-c', `read -P ${pattern} 0 64k`, disk];
      const told = await execute('qemu-io', command).catch((error: Error) => `${error.message} verification failed`);
      if (told.includes('verification failed')) return false;
    }
    return true;
  }

  /** The number at the beginning of a disk of a counting guest that is off. */
  async counted(disk: string): Promise<number> {
    const dump = await execute('qemu-io', ['-r', '-f', 'qcow2', '-c', 'read -v 0 512', disk]);
    const hex = [...dump.matchAll(/^[\da-f]{8}: {2}((?:[\da-f]{2} ){16})/gm)].map(([, bytes]) => bytes).join('');
    return Number(/count (\d+)\./.exec(Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('latin1'))?.[1]);
  }

  /** What it has said so far counts no more. */
  async forget(): Promise<void> {
    await writeFile(this.#serial, '');
  }

  /** The numbers that the guest has said since it last fell back; and whether it has booted since forget(). */
  async said(): Promise<{ counts: number[]; booted: boolean }> {
    const text = await readFile(this.#serial, 'utf8').catch(() => '');
    let counts: number[] = [];
    for (const [, number] of text.matchAll(/count (\d+)\./g)) {
      if (Number(number) <= (counts.at(-1) ?? 0)) counts = [];
      counts.push(Number(number));
    }
    return { counts, booted: text.includes('posada-guest-ready') };
  }

  get #serial(): string {
    return path.join(sharedFolder, `serial-${this.name}.log`);
  }

  /** Waits until it has counted to more than that. */
  async countsPast(number: number): Promise<number> {
    const past = async () => {
      const last = (await this.said()).counts.at(-1) ?? 0;
      expect(last).toBeGreaterThan(number);
      return last;
    };
    return vi.waitFor(past, { timeout: 60_000, interval: 100 });
  }

  async act(action: object): Promise<void> {
    const parsed: Action = actionSchema.parse(action);
    await this.engine.act(this.id, parsed, quietRun());
  }

  async take(name: string, memory = false, description = ''): Promise<SnapshotId> {
    const before = new Set((await this.list()).snapshots.map(({ id }) => id));
    await this.act({ verb: 'takeSnapshot', name, description, memory, freeze: false });
    const made = (await this.list()).snapshots.find(({ id }) => !before.has(id));
    if (!made) throw new Error(`${name} is not listed`);
    return made.id;
  }

  restore(snapshot: string, keepNow?: string): Promise<void> {
    return this.act({ verb: 'restoreSnapshot', snapshot, ...(keepNow && { keepNow }) });
  }

  async list(): Promise<GuestSnapshots> {
    return guestSnapshots.parse(await this.engine.snapshots.list(this.id));
  }

  async named(name: string): Promise<Snapshot> {
    const found = (await this.list()).snapshots.find((each) => each.name === name);
    if (!found) throw new Error(`${name} is not listed`);
    return found;
  }

  async refusal(action: object): Promise<Failure> {
    const error = await this.act(action).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(FailureError);
    return (error as FailureError).failure;
  }

  /** Names in virsh's own list, sorted. */
  async names(): Promise<string[]> {
    return (await this.virsh.run('snapshot-list', '--name', this.name)).split('\n').filter(Boolean).sort();
  }

  /** What qemu-img says that the first disk has of its memory. */
  async stateBytes(snapshot: string): Promise<number | undefined> {
    const told = JSON.parse(await execute('qemu-img', ['info', '-U', '--output=json', this.disks[0] ?? '']));
    return told.snapshots.find(({ name }: { name: string }) => name === snapshot)?.['vm-state-size'];
  }

  /** Names in the image itself, sorted. */
  async inImage(disk: string): Promise<string[]> {
    const told = JSON.parse(await execute('qemu-img', ['info', '-U', '--output=json', disk]));
    return (told.snapshots ?? []).map(({ name }: { name: string }) => name).sort();
  }
}
