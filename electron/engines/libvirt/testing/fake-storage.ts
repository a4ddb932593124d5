import type { LibvirtHost, remote_nonnull_domain } from '../client/index.ts';
import { fakeConnection, fakeDomain, libvirtError } from './fakes.ts';

const noPool = 49;
const noVolume = 50;

export interface StoredDomain {
  readonly dom: remote_nonnull_domain;
  disks: string[];
  active: boolean;
  persistent: boolean;
  /** More elements of its definition. */
  os?: string;
  /** Of its disks; raw where nothing is said. */
  format?: string;
  /** XML of its snapshots. */
  snapshots?: string[];
  /** More devices. */
  devices?: string;
}

/** What a domain with firmware settings and a TPM says more. */
export const withSettings = {
  os: '<nvram>/nvram/mine.fd</nvram>',
  devices: "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>",
};

const nobody = fakeDomain(0);

interface Args {
  readonly dom?: remote_nonnull_domain;
  readonly vol?: { readonly key: string };
  readonly path?: string;
  readonly uuid?: string;
  readonly flags?: number;
  readonly snap?: { readonly name: string };
}

/** A daemon with one pool in /pool, whose volumes stand on each other, and some domains. */
export class FakeStorage {
  readonly domains: StoredDomain[] = [];
  readonly volumes = new Map<string, string | undefined>();
  /** Names of pools that are stopped. */
  readonly stopped: string[] = [];
  /** Called before each answer: what happens meanwhile. Its error is the answer. */
  meanwhile: (name: string, args: never) => void = () => undefined;
  readonly calls: { name: string; args: unknown }[];
  readonly host: LibvirtHost;
  readonly connection;

  constructor() {
    const { calls, connection } = fakeConnection((name, args) => {
      this.meanwhile(name, args as never);
      return this.#answer(name, (args ?? {}) as Args);
    });
    this.calls = calls;
    this.connection = connection;
    this.host = {
      actions: connection,
      spare: async () => connection,
      release: () => undefined,
    } as unknown as LibvirtHost;
  }

  domain(id: number, ...disks: string[]): StoredDomain {
    const domain: StoredDomain = { dom: fakeDomain(id), disks, active: false, persistent: true };
    this.domains.push(domain);
    return domain;
  }

  /** Each volume on the one before it. */
  chain(...names: string[]): void {
    names.forEach((name, at) => {
      this.volumes.set(`/pool/${name}`, at > 0 ? `/pool/${names[at - 1]}` : undefined);
    });
  }

  did(...names: string[]): unknown[] {
    return this.calls.filter(({ name }) => names.includes(name)).map(({ name, args }) => [name, args]);
  }

  #pools(all: boolean): { name: string; uuid: string }[] {
    const names = [...new Set(['pool', ...this.stopped])].filter((each) => all || !this.stopped.includes(each));
    return names.map((name) => ({ name, uuid: name }));
  }

  #the({ uuid }: { uuid: string }): StoredDomain {
    const found = this.domains.find(({ dom }) => dom.uuid === uuid);
    if (!found) throw libvirtError(42);
    return found;
  }

  #answer(name: string, { dom = nobody, vol, path = '', uuid = '', flags, snap }: Args): unknown {
    switch (name) {
      case 'CONNECT_LIST_ALL_DOMAINS':
        return { domains: this.domains.map((each) => each.dom) };
      case 'CONNECT_LIST_ALL_STORAGE_POOLS':
        return { pools: this.#pools(flags === 0) };
      case 'STORAGE_POOL_LOOKUP_BY_TARGET_PATH':
        if (path !== '/pool' || this.stopped.includes('pool')) throw libvirtError(noPool);
        return { pool: { name: 'pool', uuid: '1' } };
      case 'STORAGE_POOL_LIST_ALL_VOLUMES':
        return { vols: [...this.volumes.keys()].map((key) => ({ pool: 'pool', name: key.slice(6), key })) };
      case 'STORAGE_VOL_GET_XML_DESC':
        return { xml: volumeXml(vol?.key ?? '', this.volumes.get(vol?.key ?? '')) };
      case 'STORAGE_VOL_DELETE':
        if (!this.volumes.delete(vol?.key ?? '')) throw libvirtError(noVolume);
        return undefined;
      case 'DOMAIN_IS_ACTIVE':
        return { active: this.#the(dom).active ? 1 : 0 };
      case 'DOMAIN_IS_PERSISTENT':
        return { persistent: this.#the(dom).persistent ? 1 : 0 };
      case 'DOMAIN_GET_XML_DESC':
        return { xml: domainXml(this.#the(dom)) };
      case 'DOMAIN_GET_METADATA':
        throw libvirtError(80);
      case 'DOMAIN_LOOKUP_BY_UUID':
        return { dom: this.#the({ uuid }).dom };
      case 'DOMAIN_GET_BLOCK_INFO':
        throw libvirtError(38, 'missing', 2);
      case 'DOMAIN_LIST_ALL_SNAPSHOTS':
        return { snapshots: (this.#the(dom).snapshots ?? []).map((xml) => ({ dom, name: xml })) };
      case 'DOMAIN_SNAPSHOT_GET_XML_DESC':
        return { xml: snap?.name };
      case 'CONNECT_GET_LIB_VERSION':
        return { lib_ver: 9_000_000n };
      case 'DOMAIN_DESTROY':
        this.#the(dom).active = false;
        return undefined;
      case 'DOMAIN_UNDEFINE':
      case 'DOMAIN_UNDEFINE_FLAGS':
        this.domains.splice(this.domains.indexOf(this.#the(dom)), 1);
        return undefined;
      case 'STORAGE_POOL_REFRESH':
        return undefined;
      default:
        throw libvirtError(3);
    }
  }
}

function volumeXml(path: string, backing: string | undefined): string {
  const below = backing ? `<backingStore><path>${backing}</path></backingStore>` : '';
  return `<volume type='file'><allocation unit='KiB'>4</allocation><target><path>${path}</path></target>${below}</volume>`;
}

function domainXml({ disks, os = '', format, devices = '' }: StoredDomain): string {
  const driver = format ? `<driver type='${format}'/>` : '';
  const elements = disks.map((path) => `<disk type='file'>${driver}<source file='${path}'/><target dev='vda'/></disk>`);
  return `<domain type='qemu'><os>${os}</os><devices>${elements.join('')}${devices}</devices></domain>`;
}
