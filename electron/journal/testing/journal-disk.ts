import { type FileHandle, open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What happens when a journal is written. Each may wait for ever, as the app does when it is gone, or throw. */
export interface DiskFaults {
  /** Passed before a line, with half of it on the disk, and when it is there. */
  moment(at: 'before' | 'half' | 'after'): Promise<void>;
}

/**
 * Lets a test into every write of a journal, down to half of a line.
 * @param waits whether what is written is waited for until it is on the disk, as usual
 * @returns what ends that, and closes what was left open
 */
export async function watchJournalDisk(faults: DiskFaults, waits = false): Promise<() => Promise<void>> {
  const probe = await open(fileURLToPath(import.meta.url), 'r');
  const methods = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
  const { appendFile, close, datasync, sync, truncate } = methods;
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
    await truncate.call(this, length);
  };
  methods.close = async function (this: FileHandle) {
    opened.delete(this);
    await close.call(this);
  };
  if (!waits) Object.assign(methods, { sync: async () => undefined, datasync: async () => undefined });
  return async () => {
    Object.assign(methods, { appendFile, close, datasync, sync, truncate });
    for (const handle of opened) await handle.close();
  };
}
