import { randomUUID } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type MainMessageKey, say } from '../../../shared/message.ts';
import { runRemedy, shellWord } from '../shell.ts';
import { DockerError } from './docker-error.ts';
import { otherName, Refusal } from './refusal.ts';

/** Blocks of a tar file; two empty ones end it (POSIX pax, ustar). */
const block = 512;
const endLength = 2 * block;

/**
 * Writes a tar stream to a file: to a neighbour first, which takes the file's place when all of it is on the disk. So
 * there is never half a file, and one that was there stays until then; whether it may be replaced is asked before, by
 * the dialog that chose the name.
 * @param stream ends with an error when it is cut off or given up
 * @param progress hears how many bytes there are
 * @throws Refusal for what is wrong with the file; DockerError
 */
export async function writeExport(
  stream: AsyncIterable<Buffer>,
  file: string,
  progress: (bytes: number) => void,
): Promise<void> {
  const target = await targetOf(file);
  const beside = path.join(path.dirname(target), `.posada-${randomUUID()}.part`);
  const handle = await onDisk(target, () => open(beside, 'wx', 0o600));
  try {
    try {
      await copy(stream, handle, target, progress);
      await onDisk(target, () => handle.sync());
    } finally {
      await handle.close();
    }
    await onDisk(target, () => rename(beside, target));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function copy(
  stream: AsyncIterable<Buffer>,
  handle: FileHandle,
  target: string,
  progress: (bytes: number) => void,
): Promise<void> {
  let bytes = 0;
  let end = Buffer.alloc(0);
  // The next piece is taken when this one is written: a slow disk slows the engine down, not our memory up.
  for await (const piece of stream) {
    await onDisk(target, () => handle.appendFile(piece));
    bytes += piece.length;
    end = Buffer.concat([end, piece.subarray(-endLength)]).subarray(-endLength);
    progress(bytes);
  }
  // An engine that fails on the way writes its error after what it has sent, with a status that said 200 long ago.
  if (bytes % block !== 0 || end.length < endLength || end.some((byte) => byte !== 0)) {
    throw new DockerError(
      'garbage',
      `the tar file has no end: ${end.toString('utf8').replaceAll('\0', '').slice(-500)}`,
    );
  }
}

/** Where the file really is: a link is followed, not replaced. @throws Refusal for what no file can be written to */
async function targetOf(file: string): Promise<string> {
  if (!path.isAbsolute(file) || file.includes('\0')) throw new Refusal('bad-input', say('failure.detail.badInput'));
  const found = await onDisk(file, () =>
    stat(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    }),
  );
  if (!found) return file;
  if (!found.isFile()) throw new Refusal('bad-input', say('failure.detail.exists', { path: file }), [otherName]);
  return onDisk(file, () => realpath(file));
}

const forbidden: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);
const full: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the system says of our own file is not what the engine says. */
async function onDisk<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const folder = path.dirname(file);
    if (full.has(code)) {
      const remedy = runRemedy(`df -h ${shellWord(folder)}`, say('remedy.freeSpace'));
      throw new Refusal('no-resources', say('failure.detail.noSpace'), [remedy, { do: 'retry' }], error);
    }
    const [key, about]: [MainMessageKey, string] = forbidden.has(code)
      ? ['failure.detail.fileForbidden', file]
      : code === 'ENOENT' || code === 'ENOTDIR'
        ? ['failure.detail.folderMissing', folder]
        : ['failure.detail.badInput', file];
    throw new Refusal('bad-input', say(key, { path: about }), [otherName], error);
  }
}
