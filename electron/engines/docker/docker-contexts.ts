import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import type { TlsMaterial } from './docker-endpoint.ts';

/** What finding engines may ask of the file system; a file that is not there or not readable is undefined. */
export interface FileProbes {
  readText(file: string): Promise<string | undefined>;
  /** Names in a folder, none when it is not there. */
  listFolder(folder: string): Promise<string[]>;
  isSocket(file: string): Promise<boolean>;
  /** With every symbolic link followed; undefined when there is no such file. */
  realPath(file: string): Promise<string | undefined>;
}

/** A docker context as `docker context create` stores it. */
export interface DockerContext {
  readonly name: string;
  readonly host: string;
  readonly tls?: TlsMaterial;
}

const configFile = z.object({ currentContext: z.string().optional() });

const metaFile = z.object({
  Name: z.string().min(1),
  Endpoints: z.object({
    docker: z.object({ Host: z.string().min(1), SkipTLSVerify: z.boolean().optional() }),
  }),
});

/** The context that ~/.docker/config.json names; undefined for none and for a file that is no configuration. */
export async function currentContext(folder: string, probes: FileProbes): Promise<string | undefined> {
  const config = parseJson(configFile, await probes.readText(path.join(folder, 'config.json')));
  return config?.currentContext || undefined;
}

/**
 * All contexts of ~/.docker/contexts, by name. Layout (docker/cli, context store): meta/<SHA-256 of the name>/meta.json,
 * tls/<the same>/docker/{ca,cert,key}.pem. A context that cannot be read is left out: it is no engine.
 */
export async function readContexts(folder: string, probes: FileProbes): Promise<DockerContext[]> {
  const metaFolder = path.join(folder, 'contexts', 'meta');
  const contexts = await Promise.all(
    (await probes.listFolder(metaFolder)).map(async (digest): Promise<DockerContext[]> => {
      const meta = parseJson(metaFile, await probes.readText(path.join(metaFolder, digest, 'meta.json')));
      if (!meta) return [];
      const { Host: host, SkipTLSVerify: skipVerify } = meta.Endpoints.docker;
      const tls = await readTls(path.join(folder, 'contexts', 'tls', digestOf(meta.Name), 'docker'), probes);
      const all = { ...tls, ...(skipVerify && { skipVerify }) };
      return [{ name: meta.Name, host, ...(Object.keys(all).length > 0 && { tls: all }) }];
    }),
  );
  return contexts.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The folder of a context is the SHA-256 of its name. */
export function digestOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

/** ca.pem, cert.pem and key.pem of a folder, as far as they are there. */
export async function readTls(folder: string, probes: FileProbes): Promise<TlsMaterial | undefined> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((file) => probes.readText(path.join(folder, file))),
  );
  if (!ca && !cert && !key) return undefined;
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

function parseJson<T>(shape: z.ZodType<T>, text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
