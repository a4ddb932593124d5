import path from 'node:path';
import { digestOf, type FileProbes } from '../docker-contexts.ts';

export interface FakeFiles {
  /** Path to text; a value that is no text is stored as JSON. */
  readonly files?: Readonly<Record<string, unknown>>;
  readonly sockets?: readonly string[];
  /** Path to what it is with every link followed. */
  readonly links?: Readonly<Record<string, string>>;
}

/** A file system of a few files, sockets and links, and nothing else. */
export function fakeProbes({ files = {}, sockets = [], links = {} }: FakeFiles): FileProbes {
  const there = [...Object.keys(files), ...sockets];
  return {
    async readText(file) {
      const found = files[file];
      return found === undefined || typeof found === 'string' ? found : JSON.stringify(found);
    },
    async listFolder(folder) {
      const inside = there.filter((file) => file.startsWith(`${folder}/`));
      return [...new Set(inside.map((file) => file.slice(folder.length + 1).split('/')[0] ?? ''))];
    },
    async isSocket(file) {
      return sockets.includes(links[file] ?? file);
    },
    async realPath(file) {
      const real = links[file] ?? file;
      return there.includes(real) || there.some((each) => each.startsWith(`${real}/`)) ? real : undefined;
    },
  };
}

/** The files of a docker context in ~/.docker. */
export function contextFiles(
  folder: string,
  name: string,
  docker: Readonly<Record<string, unknown>>,
  tls: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  const digest = digestOf(name);
  const pem = Object.entries(tls).map(([file, text]) => [
    path.join(folder, 'contexts/tls', digest, 'docker', file),
    text,
  ]);
  return {
    [path.join(folder, 'contexts/meta', digest, 'meta.json')]: { Name: name, Metadata: {}, Endpoints: { docker } },
    ...Object.fromEntries(pem),
  };
}
