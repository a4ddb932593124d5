import { execFile } from 'node:child_process';
import os from 'node:os';
import { groupNamed } from '../machine.ts';
import { authenticate, type RpcConnection } from './client/index.ts';

/** Debian's and Ubuntu's polkit rule, as that of most systems, lets this group in without a password. */
export const libvirtGroup = 'libvirt';
const action = 'org.libvirt.unix.manage';
const checkMs = 3000;

export interface PolkitSurroundings {
  readonly uid: number;
  readonly user: string;
  /** The groups of this process: those of the log-in. */
  groupIds(): readonly number[];
  groupNamed(name: string): Promise<{ readonly gid: number; readonly members: readonly string[] } | undefined>;
  /** Whether polkit lets this process in without asking anybody; undefined where it cannot tell. */
  check(): Promise<boolean | undefined>;
}

export const thisProcess: PolkitSurroundings = {
  uid: os.userInfo().uid,
  user: os.userInfo().username,
  groupIds: () => [...(process.getgroups?.() ?? []), process.getgid?.() ?? -1],
  groupNamed,
  check: () =>
    new Promise((resolve) => {
      // Without --allow-user-interaction it asks no person. 1, 2 and 3 are its ways of saying no.
      const words = ['--action-id', action, '--process', String(process.pid)];
      execFile('pkcheck', words, { timeout: checkMs }, (error) => {
        if (!error) resolve(true);
        else resolve(typeof error.code === 'number' && error.code <= 3 ? false : undefined);
      });
    }),
};

/** polkit is not asked to let us in, since it would ask the person for a password, and again at each new try. */
export class WouldAskError extends Error {
  override name = 'WouldAskError';
}

/** Whether polkit would ask for a password before it lets this process use the system's libvirt. */
export async function wouldAsk(around: PolkitSurroundings = thisProcess): Promise<boolean> {
  if (around.uid === 0) return false;
  const group = await around.groupNamed(libvirtGroup);
  // Without that group there is nothing to join: a password is the only way in.
  if (!group || around.groupIds().includes(group.gid)) return false;
  // A rule of this machine may let others in. Where nobody can tell, older versions of polkit go by /etc/group.
  const allowed = (await around.check()) ?? group.members.includes(around.user);
  return !allowed;
}

/** The usual log-in, but for polkit's question to the person. @throws WouldAskError */
export async function logInWithoutAsking(connection: RpcConnection, around?: PolkitSurroundings): Promise<void> {
  if (await wouldAsk(around)) throw new WouldAskError('polkit would ask for a password');
  await authenticate(connection);
}
