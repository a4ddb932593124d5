import { type Message, say } from '../../../../shared/message.ts';
import type { SnapshotOffer } from '../../../../shared/snapshot.ts';
import { type SnapshotVerb, snapshotVerbs } from '../../../../shared/verbs.ts';
import type { SnapshotRecord } from '../xml/snapshot.ts';
import type { Situation } from './read-situation.ts';
import type { SnapshotFiles } from './snapshot-files.ts';

/** What offers depend on. */
export type Offering = Pick<Situation, 'state' | 'transient' | 'has' | 'version' | 'snapshots'>;

/** libvirt 11.2 and 11.3 revert to internal snapshots wrongly (field notes; mended in 11.4). */
const revertBroken = { from: 11_002_000, before: 11_004_000 };

/** Why something cannot be done to a snapshot now; undefined: it can. @param files as far as they were looked at */
export function snapshotObstacle(
  verb: SnapshotVerb,
  snapshot: SnapshotRecord,
  about: Offering,
  files: SnapshotFiles,
): Message | undefined {
  switch (verb) {
    case 'restoreSnapshot':
      return kindObstacle(snapshot, about, 'because.snapshotIsExternal') ?? restoreObstacle(about, files);
    case 'deleteSnapshot':
      if (snapshot.own.protected) return say('because.snapshotProtected');
      // libvirt answers that it is deleted, and leaves in the image what it cannot open.
      return kindObstacle(snapshot, about, 'because.externalDelete') ?? missingObstacle(files);
    case 'protectSnapshot':
      return snapshot.own.protected ? say('because.snapshotProtected') : undefined;
    case 'unprotectSnapshot':
      return snapshot.own.protected ? undefined : say('because.snapshotNotProtected');
    case 'editSnapshot':
      return undefined;
  }
}

function kindObstacle(
  { outside, inside }: SnapshotRecord,
  { has }: Offering,
  external: 'because.snapshotIsExternal' | 'because.externalDelete',
): Message | undefined {
  if (has.internal && has.external) return say('because.snapshotsMixed');
  return outside || !inside ? say(external) : undefined;
}

function restoreObstacle({ state, transient, version }: Offering, files: SnapshotFiles): Message | undefined {
  if (transient) return say('because.transient');
  // The next start would go on with the saved memory on disks that are others by then.
  if (state === 'saved') return say('because.saved');
  if (state === 'stopping' || state === 'restarting') return say('because.stopping');
  if (version >= revertBroken.from && version < revertBroken.before) {
    return say('because.revertBroken', { version: versionText(version) });
  }
  // A revert would end the running guest first, and then fail.
  const { lost } = files;
  return missingObstacle(files) ?? (lost === undefined ? undefined : say('because.snapshotLost', { path: lost }));
}

function missingObstacle({ missing }: SnapshotFiles): Message | undefined {
  return missing === undefined ? undefined : say('because.snapshotFileMissing', { path: missing });
}

/** Every verb of a snapshot, ready or with the reason why not. */
export function snapshotOffers(snapshot: SnapshotRecord, about: Offering, files: SnapshotFiles): SnapshotOffer[] {
  return snapshotVerbs.map((verb) => {
    const because = snapshotObstacle(verb, snapshot, about, files);
    return because ? { verb, ready: false, because } : { verb, ready: true };
  });
}

/** Those that stand on it, and on these, leaves first. */
export function descendantsOf(name: string, snapshots: readonly SnapshotRecord[]): SnapshotRecord[] {
  const direct = snapshots.filter(({ parent }) => parent === name);
  return direct.flatMap((each) => [...descendantsOf(each.name, snapshots), each]);
}

/** `11.2.0` of libvirt's number. */
function versionText(version: number): string {
  return [Math.floor(version / 1e6), Math.floor(version / 1e3) % 1e3, version % 1e3].join('.');
}
