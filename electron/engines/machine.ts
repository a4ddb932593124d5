import { access, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';

/** What remedies depend on: facts of this machine, asked only when something has failed. */
export interface Machine {
  readonly user: string;
  /** The group that owns a socket, by name. */
  groupOf(file: string): Promise<string | undefined>;
  /** Whether /etc/group has the user in the group: then only a new login is missing. */
  isMember(user: string, group: string): Promise<boolean>;
  hasProgram(name: string): Promise<boolean>;
  hasSystemd(): Promise<boolean>;
}

const programFolders = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/bin', '/sbin', '/snap/bin'];

export const thisMachine: Machine = {
  user: userInfo().username,
  async groupOf(file) {
    try {
      const { gid } = await stat(file);
      return (await groups()).find((group) => group.gid === gid)?.name;
    } catch {
      // Not allowed to look, or gone meanwhile: the remedy then names the usual group.
      return undefined;
    }
  },
  async isMember(user, group) {
    return (await groups()).some((each) => each.name === group && each.members.includes(user));
  },
  async hasProgram(name) {
    const found = await Promise.all(programFolders.map((folder) => exists(path.join(folder, name))));
    return found.includes(true);
  },
  hasSystemd: () => exists('/run/systemd/system'),
};

/** A group of /etc/group. */
export async function groupNamed(name: string): Promise<{ gid: number; members: string[] } | undefined> {
  return (await groups()).find((group) => group.name === name);
}

async function groups(): Promise<{ name: string; gid: number; members: string[] }[]> {
  const text = await readFile('/etc/group', 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [name, , gid, members = ''] = line.split(':');
    return name && gid ? [{ name, gid: Number(gid), members: members.split(',') }] : [];
  });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
