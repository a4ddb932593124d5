import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/**
 * Unpacks one folder of a zip file.
 * @param {string} zipFile
 * @param {string} folder inside the zip, ending in a slash
 * @param {string} into made where it does not exist
 * @param {(name: string) => boolean} wanted
 */
export async function unzip(zipFile, folder, into, wanted) {
  const zip = await openPromise(zipFile, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (!name.startsWith(folder) || name.endsWith('/')) continue;
      const inside = name.slice(folder.length);
      if (!wanted(inside)) continue;
      const file = path.join(into, inside);
      await mkdir(path.dirname(file), { recursive: true });
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file));
      // Unix mode in the upper half: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.4.15
      const mode = entry.externalFileAttributes >>> 16;
      if ((mode & 0o170000) === 0o120000) {
        const goal = await readFile(file, 'utf8');
        await rm(file);
        await symlink(goal, file);
      } else await chmod(file, mode & 0o111 ? 0o755 : 0o644);
    }
  } finally {
    zip.close();
  }
}
