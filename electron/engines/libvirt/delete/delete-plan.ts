import path from 'node:path';
import type { DeletePart } from '../../../../shared/delete-plan.ts';
import { keepsDisk } from '../../../../shared/delete-rules.ts';
import { type Message, say } from '../../../../shared/message.ts';
import { LibvirtError, type RpcConnection, type remote_nonnull_domain } from '../client/index.ts';
import { tooLate, within } from '../deadline.ts';
import { isMissingFile } from '../libvirt-failures.ts';
import { Refusal } from '../refusal.ts';
import type { DomainDisk, DomainFiles } from '../xml/domain-files.ts';
import { bounded } from './bounded.ts';
import { always, countedParts, readSnapshots, snapshotParts } from './counted-parts.ts';
import { definitionsOf, pathOf, type Usage, usageOf } from './domain-usage.ts';
import { diskPart, otherPart } from './part-ids.ts';
import { Surroundings } from './surroundings.ts';
import type { VolumeIndex } from './volume-index.ts';

/** What would go with a domain, and what that was found out from. */
export interface Planned {
  readonly parts: readonly DeletePart[];
  readonly volumes: VolumeIndex;
  /** Files of the domain's own that stand on a file directly. */
  readonly above: ReadonlyMap<string, ReadonlySet<string>>;
}

/** How long libvirt may take to look at a disk that is in no pool: one on a network may never be told. */
const lookMs = 3000;
/** How long a whole plan may take: a person waits for it. */
export const planMs = 30_000;

/**
 * What deleting a domain would take away and what stays, read now from libvirt alone.
 * @param connection may be taken for long: pools look at their folders anew
 * @param around what the plans of one request share
 * @throws LibvirtError; Refusal when libvirt does not answer
 */
export async function planDelete(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  around = new Surroundings(),
): Promise<Planned> {
  // The plans after one that has waited in vain need not wait as well.
  if (around.hung) throw around.hung;
  try {
    return await bounded(makePlan(connection, dom, around), planMs);
  } catch (error) {
    if (error instanceof Refusal) around.hung = error;
    throw error;
  }
}

async function makePlan(connection: RpcConnection, dom: remote_nonnull_domain, around: Surroundings): Promise<Planned> {
  const { volumes } = around;
  const [domains, snapshots] = await Promise.all([around.domains(connection), readSnapshots(connection, dom)]);
  const read = domains.find((each) => each.dom.uuid === dom.uuid)?.definitions;
  const definitions = read ?? (await definitionsOf(connection, dom));
  const told = definitions.flatMap(({ disks }) =>
    disks.flatMap(({ source, chain }) => [...namedPath(source), ...chain]),
  );
  await volumes.look(connection, [...told, ...snapshots.flatMap(({ files }) => files)]);
  const usage = usageOf(domains, dom.uuid, volumes);
  const nvram = definitions.flatMap((each) => each.nvram ?? [])[0];
  const nvramUser = nvram && usage.users.get(nvram);
  const above = ownChains(definitions, volumes);
  const disks = await fileParts(connection, dom, definitions, volumes, usage);
  const found = [...disks, ...snapshotParts(snapshots, disks, volumes, usage)];
  const files = doubtLookalikes(doubtBases(keepBases(found, volumes, above), volumes, usage), volumes, usage);
  const settings = { goes: 'person', chosen: !keepsDisk(files, ({ chosen }) => chosen) } as const;
  return {
    parts: [
      always('definition'),
      ...files,
      ...(nvram ? [{ ...always('nvram', say('part.noSize')), ...settings, name: nvram, ...shared(nvramUser) }] : []),
      ...(definitions.some(({ tpm }) => tpm) ? [{ ...always('tpm', say('part.noSize')), ...settings }] : []),
      ...(await countedParts(connection, dom, snapshots)),
    ],
    volumes,
    above,
  };
}

function namedPath(source: DomainDisk['source']): string[] {
  return source.by === 'path' ? [source.path] : [];
}

function shared(user: string | undefined): Partial<DeletePart> {
  return user === undefined ? {} : { goes: 'never', chosen: false, because: say('part.shared', { name: user }) };
}

/** Disks of all definitions, each with what is below it; each file once. */
async function fileParts(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  definitions: readonly DomainFiles[],
  volumes: VolumeIndex,
  usage: Usage,
): Promise<DeletePart[]> {
  const disks = definitions.flatMap((each) => each.disks);
  const tops = new Set(disks.flatMap(({ source }) => pathOf(source, volumes) ?? []));
  const parts = new Map<string, DeletePart>();
  for (const disk of disks) {
    const top = pathOf(disk.source, volumes);
    if (top === undefined) {
      const name = disk.source.by === 'volume' ? `${disk.source.pool}/${disk.source.volume}` : nameOf(disk);
      const because = say(disk.source.by === 'volume' ? 'part.missing' : 'part.notFile');
      parts.set(name, { id: otherPart(name), kind: 'disk', name, goes: 'never', chosen: false, because });
      continue;
    }
    for (const file of volumes.chain(top, disk.chain)) {
      if (parts.has(file)) continue;
      const isTop = tops.has(file);
      const volume = volumes.at(file);
      const look = volume || !isTop ? undefined : await lookAt(connection, dom, file);
      const size = volume?.allocation ?? look?.allocation;
      const because =
        ofDisk(disk) ?? (volume ? undefined : say(whereItIs(file, volumes, look))) ?? usedElsewhere(file, usage);
      parts.set(file, {
        id: diskPart(file),
        kind: isTop ? 'disk' : 'backing',
        name: file,
        ...(size !== undefined && { size }),
        ...(because
          ? { goes: 'never', chosen: false, because }
          : // A block device is lent by the host more often than made for one guest.
            {
              goes: 'person',
              chosen: isTop && volume?.file === true,
              ...(!isTop && { because: say('part.backingBase') }),
            }),
      });
    }
  }
  return [...parts.values()];
}

/** What stands on what, by the definitions too: they tell it of disks that are no volumes. */
function ownChains(definitions: readonly DomainFiles[], volumes: VolumeIndex): Map<string, Set<string>> {
  const above = new Map<string, Set<string>>();
  for (const { source, chain } of definitions.flatMap((each) => each.disks)) {
    const top = pathOf(source, volumes);
    const files = top === undefined ? [] : volumes.chain(top, chain);
    files.slice(1).forEach((file, at) => {
      above.set(file, (above.get(file) ?? new Set()).add(files[at] ?? ''));
    });
  }
  return above;
}

function nameOf({ source, target }: DomainDisk): string {
  return source.by === 'other' ? source.name : target;
}

/** Why nothing of this disk goes, whatever its files are. */
function ofDisk({ device, readOnly, shareable }: DomainDisk): Message | undefined {
  if (device === 'cdrom' || device === 'floppy') return say('part.medium');
  if (shareable) return say('part.shareable');
  return readOnly ? say('part.readOnly') : undefined;
}

function usedElsewhere(file: string, usage: Usage): Message | undefined {
  const name = usage.users.get(file);
  return name === undefined ? undefined : say('part.shared', { name });
}

/** What is to be said of a file that is no volume. */
function whereItIs(file: string, volumes: VolumeIndex, look: Look | undefined): 'part.missing' | 'part.noPool' {
  return look?.missing || volumes.looksMissing(file) ? 'part.missing' : 'part.noPool';
}

/** What something else stands on stays: a volume that is none of ours, or one of ours that stays. */
function keepBases(parts: readonly DeletePart[], volumes: VolumeIndex, own: Planned['above']): DeletePart[] {
  const kept = new Map(parts.map((part) => [part.name, part]));
  for (let again = true; again; ) {
    again = false;
    for (const part of kept.values()) {
      if (part.goes === 'never') continue;
      const over = [...volumes.over(part.name), ...(own.get(part.name) ?? [])];
      const above = over.find((each) => (kept.get(each)?.goes ?? 'never') === 'never');
      if (above === undefined) continue;
      const because = say('part.backingOf', { path: above });
      kept.set(part.name, { ...part, goes: 'never', chosen: false, because });
      again = true;
    }
  }
  return [...kept.values()];
}

/** Where it is not known what some disk stands on, it may be any file: the person is to look first, none is chosen. */
function doubtBases(parts: readonly DeletePart[], volumes: VolumeIndex, { blind }: Usage): DeletePart[] {
  const pool = volumes.blindPool;
  const because =
    blind !== undefined ? say('part.maybeBase', { name: blind }) : pool && say('part.maybeBaseIn', { pool });
  return parts.map((part) => (because && part.goes === 'person' ? { ...part, chosen: false, because } : part));
}

/**
 * libvirt does not say whether two paths are one file (links, mounts). Where one that is in use is no volume and has the
 * name of ours, the person is to look first: it is not chosen.
 */
function doubtLookalikes(parts: readonly DeletePart[], volumes: VolumeIndex, usage: Usage): DeletePart[] {
  const ours = new Set(parts.map(({ name }) => name));
  const others = [...usage.users.keys(), ...volumes.strangers()].filter((each) => !volumes.at(each) && !ours.has(each));
  const byName = new Map(others.map((each) => [path.posix.basename(each), each]));
  return parts.map((part) => {
    const other = byName.get(path.posix.basename(part.name));
    if (part.goes !== 'person' || other === undefined) return part;
    return { ...part, chosen: false, because: say('part.sameName', { path: other }) };
  });
}

interface Look {
  readonly missing?: boolean;
  readonly allocation?: number;
}

/** What libvirt knows of a disk that is no volume. */
async function lookAt(connection: RpcConnection, dom: remote_nonnull_domain, file: string): Promise<Look> {
  try {
    const told = await within(connection.call('DOMAIN_GET_BLOCK_INFO', { dom, path: file, flags: 0 }), lookMs);
    return told === tooLate ? {} : { allocation: Number(told.allocation) };
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    return isMissingFile(error) ? { missing: true } : {};
  }
}
