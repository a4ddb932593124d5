import {
  ConnectionLostError,
  errorCode,
  LibvirtError,
  type RpcConnection,
  type remote_nonnull_domain,
  xmlFlag,
} from '../client/index.ts';
import { Breather } from '../deadline.ts';
import { type DomainDisk, type DomainFiles, domainFiles } from '../xml/domain-files.ts';
import type { VolumeIndex } from './volume-index.ts';

/** A domain and what its definitions say; undefined where they cannot be read. */
export interface DefinedDomain {
  readonly dom: remote_nonnull_domain;
  readonly definitions: readonly DomainFiles[] | undefined;
}

/** Who uses which file, of all domains but the one that is asked about. */
export interface Usage {
  /** A domain's name by path. */
  readonly users: ReadonlyMap<string, string>;
  /** A domain of which it is not known what its disks stand on. */
  readonly blind?: string;
}

/** The definitions of a domain: as it runs, and as it will start next. @throws LibvirtError, Error for unreadable XML */
export async function definitionsOf(connection: RpcConnection, dom: remote_nonnull_domain): Promise<DomainFiles[]> {
  const [{ active }, { persistent }] = await Promise.all([
    connection.call('DOMAIN_IS_ACTIVE', { dom }),
    connection.call('DOMAIN_IS_PERSISTENT', { dom }),
  ]);
  const flags = [...(active ? [0] : []), ...(persistent || !active ? [xmlFlag.inactive] : [])];
  const texts = flags.map((each) => connection.call('DOMAIN_GET_XML_DESC', { dom, flags: each }));
  return (await Promise.all(texts)).map(({ xml }) => domainFiles(xml));
}

/** All domains with their definitions; those that go meanwhile are left out. @throws LibvirtError, ConnectionLostError */
export async function readDomains(connection: RpcConnection): Promise<DefinedDomain[]> {
  const { domains } = await connection.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 0 });
  const breather = new Breather();
  const read = domains.map(async (dom): Promise<DefinedDomain[]> => {
    try {
      return [{ dom, definitions: await definitionsOf(connection, dom) }];
    } catch (error) {
      if (error instanceof ConnectionLostError) throw error;
      if (error instanceof LibvirtError && error.code === errorCode.noDomain) return [];
      return [{ dom, definitions: undefined }];
    } finally {
      await breather.breathe();
    }
  });
  return (await Promise.all(read)).flat();
}

/**
 * What all other domains use, running or not: every path that any of their definitions names, and what is below these.
 * The files below a disk that is in no pool are known while its domain runs only.
 * @param uuid whose use does not count
 */
export function usageOf(domains: readonly DefinedDomain[], uuid: string, volumes: VolumeIndex): Usage {
  const users = new Map<string, string>();
  const others = domains.filter(({ dom }) => dom.uuid !== uuid);
  for (const { dom, definitions = [] } of others) {
    for (const each of definitions.flatMap((files) => usedBy(files, volumes))) {
      if (!users.has(each)) users.set(each, dom.name);
    }
  }
  const blind = others.find(({ definitions }) => !definitions || isBlind(definitions, volumes));
  return { users, ...(blind && { blind: blind.dom.name }) };
}

function usedBy({ paths, volumes: keys }: DomainFiles, volumes: VolumeIndex): string[] {
  const named = [...keys].flatMap((key) => {
    const [pool = '', volume = ''] = key.split('\n');
    return volumes.named(pool, volume)?.path ?? [];
  });
  return [...paths, ...named].flatMap((each) => volumes.chain(each));
}

/** Whether a disk may stand on files that nobody tells of; one that is off and in no pool that can be read is such. */
function isBlind(definitions: readonly DomainFiles[], volumes: VolumeIndex): boolean {
  const disks = definitions.flatMap((each) => each.disks);
  // While it runs, its running definition tells what the other one does not.
  const known = new Set(
    disks.flatMap((disk) => (endsKnown(disk, volumes) ? (pathOf(disk.source, volumes) ?? []) : [])),
  );
  return disks.some((disk) => {
    const top = pathOf(disk.source, volumes);
    return top === undefined ? disk.source.by === 'volume' : !known.has(top);
  });
}

function endsKnown({ source, chain, ends }: DomainDisk, volumes: VolumeIndex): boolean {
  const top = pathOf(source, volumes);
  if (top === undefined) return false;
  const files = volumes.chain(top, chain);
  const [last = top, above] = files.toReversed();
  if (volumes.at(last)) return true;
  return (ends && last === [top, ...chain].at(-1)) || (above !== undefined && volumes.at(above)?.backingRaw === true);
}

/** The path of a disk's source, where it is a file or a volume that is there. */
export function pathOf(source: DomainDisk['source'], volumes: VolumeIndex): string | undefined {
  if (source.by === 'path') return source.path;
  return source.by === 'volume' ? volumes.named(source.pool, source.volume)?.path : undefined;
}
