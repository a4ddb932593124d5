import { errorCode, LibvirtError, type RpcConnection, type remote_nonnull_domain, xmlFlag } from '../client/index.ts';
import { Breather } from '../deadline.ts';
import { type DomainFiles, domainFiles } from '../xml/domain-files.ts';
import type { VolumeIndex } from './volume-index.ts';

/** Who uses which file: a domain's name by path, for each domain but the one that is asked about. */
export type Usage = ReadonlyMap<string, string>;

/** The definitions of a domain: as it runs, and as it will start next. One that is gone has none. @throws LibvirtError */
export async function definitionsOf(connection: RpcConnection, dom: remote_nonnull_domain): Promise<DomainFiles[]> {
  const [{ active }, { persistent }] = await Promise.all([
    connection.call('DOMAIN_IS_ACTIVE', { dom }),
    connection.call('DOMAIN_IS_PERSISTENT', { dom }),
  ]);
  const flags = [...(active ? [0] : []), ...(persistent || !active ? [xmlFlag.inactive] : [])];
  const texts = flags.map((each) => connection.call('DOMAIN_GET_XML_DESC', { dom, flags: each }));
  return (await Promise.all(texts)).map(({ xml }) => domainFiles(xml));
}

/**
 * What all other domains use, running or not: every path that any of their definitions names, and what is below these.
 * The files below a disk that is in no pool are known while its domain runs only.
 * @throws LibvirtError
 */
export async function readUsage(connection: RpcConnection, uuid: string, volumes: VolumeIndex): Promise<Usage> {
  const { domains } = await connection.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 0 });
  const usage = new Map<string, string>();
  const breather = new Breather();
  await Promise.all(
    domains.map(async (dom) => {
      if (dom.uuid === uuid) return;
      for (const files of await unlessGone(() => definitionsOf(connection, dom))) {
        for (const each of usedBy(files, volumes)) if (!usage.has(each)) usage.set(each, dom.name);
        await breather.breathe();
      }
    }),
  );
  return usage;
}

function usedBy({ paths, volumes: keys }: DomainFiles, volumes: VolumeIndex): string[] {
  const named = [...keys].flatMap((key) => {
    const [pool = '', volume = ''] = key.split('\n');
    return volumes.named(pool, volume)?.path ?? [];
  });
  return [...paths, ...named].flatMap((each) => volumes.chain(each));
}

async function unlessGone(ask: () => Promise<DomainFiles[]>): Promise<DomainFiles[]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof LibvirtError && error.code === errorCode.noDomain) return [];
    throw error;
  }
}

/** The path of a disk's source, where it is a file or a volume that is there. */
export function pathOf(source: DomainFiles['disks'][number]['source'], volumes: VolumeIndex): string | undefined {
  if (source.by === 'path') return source.path;
  return source.by === 'volume' ? volumes.named(source.pool, source.volume)?.path : undefined;
}
