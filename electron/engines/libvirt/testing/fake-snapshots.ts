import { domainState, metadataType, type RpcConnection } from '../client/index.ts';
import { child, parseXml, text } from '../xml/nodes.ts';
import { fakeConnection, fakeDomain, libvirtError } from './fakes.ts';

interface Args {
  readonly xml_desc?: string;
  readonly flags?: number;
  readonly name?: string;
  readonly snap?: { readonly name: string };
  readonly path?: string;
  readonly vol?: { readonly key: string };
  readonly metadata?: string | null;
  readonly uri?: string;
  readonly type?: number;
}

/** A daemon with one domain and its snapshots. */
export class FakeSnapshots {
  readonly uuid = fakeDomain(1).uuid;
  /** As libvirt keeps them, by name, oldest first. */
  readonly snapshots = new Map<string, string>();
  current: string | undefined;
  state: number = domainState.shutoff;
  reason = 0;
  domain = -1;
  saved = 0;
  version = 9_000_000;
  os = '';
  disks = ['/pool/a.qcow2'];
  /** Our elements in the definition, by namespace. */
  readonly metadata = new Map<string, string>();
  /** Files that the pool knows of and that are not there. */
  readonly gone = new Set<string>();
  /** Called before each answer: what happens meanwhile. Its error is the answer. */
  meanwhile: (name: string, args: Args) => void = () => undefined;
  readonly calls;
  readonly connection: RpcConnection;

  constructor() {
    const { calls, connection } = fakeConnection((name, args) => {
      this.meanwhile(name, (args ?? {}) as Args);
      return this.#answer(name, (args ?? {}) as Args);
    });
    this.calls = calls;
    // Images of which nothing can be read.
    const openStream = async () => ({ stream: emptyStream(), ret: undefined });
    this.connection = Object.assign(connection, { openStream }) as unknown as RpcConnection;
  }

  /** What the operations ask through. */
  readonly ask = <T>(question: (connection: RpcConnection) => Promise<T>): Promise<T> => question(this.connection);

  get definition(): string {
    const disks = this.disks.map(
      (path, at) => `<disk type='file' device='disk'><driver type='qcow2'/><source file='${path}'/>
        <target dev='vd${'abc'[at]}'/></disk>`,
    );
    const metadata = [...this.metadata].map(([uri, element]) => element.replace(/^<(\w+)/, `<$1 xmlns="${uri}"`));
    return `<domain type='qemu'><name>d</name><metadata>${metadata.join('')}</metadata><memory>1024</memory>
      <os>${this.os}</os><devices>${disks.join('')}</devices></domain>`;
  }

  add(name: string, parent?: string, more = "<memory snapshot='no'/><disks><disk snapshot='internal'/></disks>"): void {
    const stands = parent === undefined ? '' : `<parent><name>${parent}</name></parent>`;
    this.snapshots.set(
      name,
      `<domainsnapshot><name>${name}</name>${stands}<state>shutoff</state>
        <creationTime>${1_700_000_000 + this.snapshots.size}</creationTime>${more}${this.definition}</domainsnapshot>`,
    );
    this.current = name;
  }

  /** How often each of these was called, with what it was called. */
  did(...names: string[]): string[] {
    return this.calls.filter(({ name }) => names.includes(name)).map(({ name }) => name);
  }

  #answer(name: string, args: Args): unknown {
    const dom = { ...fakeDomain(1), id: this.domain };
    switch (name) {
      case 'DOMAIN_LOOKUP_BY_UUID':
        return { dom };
      case 'DOMAIN_GET_STATE':
        return { state: this.state, reason: this.reason };
      case 'DOMAIN_HAS_MANAGED_SAVE_IMAGE':
        return { result: this.saved };
      case 'DOMAIN_GET_AUTOSTART':
        return { autostart: 0 };
      case 'DOMAIN_IS_PERSISTENT':
        return { persistent: 1 };
      case 'DOMAIN_SNAPSHOT_NUM':
        return { num: this.snapshots.size };
      case 'DOMAIN_GET_XML_DESC':
        return { xml: this.definition };
      case 'CONNECT_GET_LIB_VERSION':
        return { lib_ver: BigInt(this.version) };
      case 'DOMAIN_LIST_ALL_SNAPSHOTS':
        return { snapshots: [...this.snapshots.keys()].map((each) => ({ dom, name: each })) };
      case 'DOMAIN_SNAPSHOT_CURRENT':
        if (this.current === undefined) throw libvirtError(72);
        return { snap: { dom, name: this.current } };
      case 'DOMAIN_SNAPSHOT_LOOKUP_BY_NAME':
        this.#xml(args.name);
        return { snap: { dom, name: args.name } };
      case 'DOMAIN_SNAPSHOT_GET_XML_DESC':
        return { xml: this.#xml(args.snap?.name) };
      case 'DOMAIN_SNAPSHOT_CREATE_XML':
        return this.#create(args.xml_desc ?? '', args.flags ?? 0);
      case 'DOMAIN_SNAPSHOT_DELETE':
        this.snapshots.delete(args.snap?.name ?? '');
        return undefined;
      case 'DOMAIN_REVERT_TO_SNAPSHOT':
        this.metadata.clear();
        this.current = args.snap?.name;
        return undefined;
      case 'DOMAIN_RESUME':
        this.state = domainState.running;
        return undefined;
      case 'DOMAIN_GET_METADATA':
        if (!this.metadata.has(args.uri ?? '')) throw libvirtError(80);
        return { metadata: this.metadata.get(args.uri ?? '') };
      case 'DOMAIN_SET_METADATA':
        if (args.type !== metadataType.element) return undefined;
        if (args.metadata) this.metadata.set(args.uri ?? '', args.metadata);
        else this.metadata.delete(args.uri ?? '');
        return undefined;
      case 'STORAGE_VOL_LOOKUP_BY_PATH':
        if (!args.path?.startsWith('/pool/')) throw libvirtError(50);
        return { vol: { pool: 'pool', name: args.path.slice(6), key: args.path } };
      case 'STORAGE_VOL_GET_INFO':
        if (this.gone.has(args.vol?.key ?? '')) throw libvirtError(38, 'gone', 2);
        return { type: 0, capacity: 0n, allocation: 0n };
      case 'STORAGE_POOL_LOOKUP_BY_TARGET_PATH':
        throw libvirtError(49);
      default:
        throw libvirtError(3);
    }
  }

  #xml(name = ''): string {
    const xml = this.snapshots.get(name);
    if (xml === undefined) throw libvirtError(72);
    return xml;
  }

  #create(xml: string, flags: number): unknown {
    const name = text(child(child(parseXml(xml), 'domainsnapshot'), 'name')) ?? '';
    if (flags === 0) this.add(name, this.current);
    else this.snapshots.set(name, xml);
    return { snap: { dom: fakeDomain(1), name } };
  }
}

async function* emptyStream(): AsyncGenerator<Buffer> {
  yield Buffer.alloc(0);
}
