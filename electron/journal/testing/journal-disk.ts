import { type FileHandle, open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What happens when a journal is written. Each may wait for ever, as the app does when it is gone, or throw. */
export interface DiskFaults {
  /** Passed before a line, with half of it on the disk, when it is there, and before what was too much is cut away. */
  moment(at: DiskMoment): Promise<void>;
}
export type DiskMoment = 'before' | 'half' | 'after' | 'cut';

/** What ends the watching. */
export interface DiskWatch {
  /** Files that were written and are open still. */
  open(): number;
  /** Ends it, and closes them. */
  end(): Promise<void>;
}

/**
 * Lets a test into every write of a journal, down to half of a line.
 * @param waits whether what is written is waited for until it is on the disk, as usual
 */
export async function watchJournalDisk(faults: DiskFaults, waits = false): Promise<DiskWatch> {
  const probe = await open(fileURLToPath(import.meta.url), 'r');
  const methods = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
  const { appendFile, datasync, sync, truncate } = methods;
  const opened = new Set<FileHandle>();
  methods.appendFile = async function (this: FileHandle, text) {
    opened.add(this);
    const line = String(text);
    const middle = Math.floor(line.length / 2);
    await faults.moment('before');
    await appendFile.call(this, line.slice(0, middle));
    await faults.moment('half');
    await appendFile.call(this, line.slice(middle));
    await faults.moment('after');
  };
  methods.truncate = async function (this: FileHandle, length) {
    opened.add(this);
    await faults.moment('cut');
    await truncate.call(this, length);
  };
  if (!waits) Object.assign(methods, { sync: async () => undefined, datasync: async () => undefined });
  return {
    open: () => [...opened].filter(isOpen).length,
    async end() {
      Object.assign(methods, { appendFile, datasync, sync, truncate });
      for (const handle of [...opened].filter(isOpen)) await handle.close();
    },
  };
}

/** https://nodejs.org/docs/latest-v20.x/api/fs.html#filehandlefd: -1 when it is closed, which only the code of Node says. */
function isOpen(handle: FileHandle): boolean {
  return handle.fd !== -1;
}
