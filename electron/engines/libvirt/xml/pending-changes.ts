import { definedDisks } from './devices.ts';
import { firmwareOf } from './machine.ts';
import { attribute, child, children, type Node, text } from './nodes.ts';

type Element = Exclude<Node, string | undefined>;

/** What a start adds to a definition, wherever it stands. */
const added: ReadonlySet<string> = new Set([
  ...['alias', 'address', 'seclabel', 'resource', 'backingStore', 'mirror', 'vcpus', 'iothreadids'],
  ...['@id', '@index', '@tty', '@adjustment'],
]);
/** Words about a domain that are no part of the machine. */
const words: ReadonlySet<string> = new Set(['metadata', 'title', 'description', '@type']);
/**
 * What is compared in a way of its own, and what the guest's balloon leaves it: it shrinks only when the guest's driver
 * is there, and moves all the time.
 */
const apart: ReadonlySet<string> = new Set(['cpu', 'os', 'features', 'devices', 'currentMemory']);
/** Of these the start chooses what they are connected to. */
const streams: ReadonlySet<string> = new Set(['serial', 'console', 'parallel', 'channel']);
const diskMore = ['boot', 'iotune', 'serial', 'transient', 'wwn', 'vendor', 'product', 'blockio', 'geometry'];
const interfaceMore = [
  ...['model', 'driver', 'mtu', 'bandwidth', 'boot', 'filterref', 'vlan', 'virtualport'],
  ...['coalesce', 'rom', 'port', 'teaming'],
];
/** CPU models that mean what the host has: they are spelled out while it runs. */
const hostModels: ReadonlySet<string | undefined> = new Set(['host-model', 'host-passthrough', 'maximum']);

/**
 * Whether a running domain differs from what its next start would be, in what somebody may have changed. What a start
 * itself settles (addresses on buses, aliases, ports, labels, the host's CPU) is no change.
 * @param running its `<domain>` as it runs
 * @param next its `<domain>` as it will start
 */
export function hasPendingChanges(running: Node, next: Node): boolean {
  return essence(running, next) !== essence(next, next);
}

/** The same text for the same machine. @param next how it was asked for: what that leaves open may be anything */
function essence(domain: Node, next: Node): string {
  const plain = Object.entries((domain ?? {}) as Element).filter(([name]) => !words.has(name) && !apart.has(name));
  return canonical({
    ...(stripped(Object.fromEntries(plain)) as object),
    os: osEssence(child(domain, 'os'), child(next, 'os')),
    firmware: firmwareOf(domain),
    features: featuresEssence(domain, next),
    cpu: cpuEssence(child(domain, 'cpu'), child(next, 'cpu')),
    devices: devicesEssence(domain, next),
  });
}

function osEssence(os: Node, next: Node): unknown {
  if (typeof os !== 'object') return os;
  const { '@firmware': _kind, firmware: _features, loader, nvram, ...others } = os;
  // Firmware that is asked for by its kind is chosen at the start, and then named in place of its kind.
  if (attribute(next, 'firmware') !== undefined) return stripped(others);
  // So is the template of its settings, where none is named.
  const isNamed = attribute(child(next, 'nvram'), 'template') !== undefined;
  return stripped({ ...others, loader, nvram: isNamed ? nvram : text(child(os, 'nvram')) });
}

/** Firmware that is chosen at the start may need `smm`, which is then added. */
function featuresEssence(domain: Node, next: Node): unknown {
  const [features, asked] = [domain, next].map((each) => child(each, 'features'));
  if (typeof features !== 'object') return {};
  const { smm, ...others } = features;
  const isAdded = attribute(child(next, 'os'), 'firmware') !== undefined && child(asked, 'smm') === undefined;
  return stripped(isAdded ? others : { ...others, smm });
}

function cpuEssence(cpu: Node, next: Node): unknown {
  const common = [stripped(child(cpu, 'topology')), stripped(child(cpu, 'numa'))];
  const mode = attribute(next, 'mode');
  return next === undefined || hostModels.has(mode) ? common : [...common, text(child(cpu, 'model'))];
}

function devicesEssence(domain: Node, next: Node): unknown {
  const devices = (child(domain, 'devices') ?? {}) as Element;
  const others = Object.keys(devices).filter((name) => !['disk', 'interface', 'graphics', 'emulator'].includes(name));
  return {
    disk: inAnyOrder(diskEssences(domain, next)),
    interface: inAnyOrder(interfaceEssences(domain, next)),
    graphics: graphicsEssences(domain, next),
    ...Object.fromEntries(
      others.map((name) => [name, inAnyOrder(children(devices, name).flatMap(deviceEssence(name)))]),
    ),
  };
}

function diskEssences(domain: Node, next: Node): unknown[] {
  const of = (node: Node) => children(child(node, 'devices'), 'disk');
  const target = (each: Node) => attribute(child(each, 'target'), 'dev');
  const [disks, nextDisks] = [of(domain), of(next)];
  return definedDisks(domain).map(({ backing, format, ...disk }, at) => {
    const asked = nextDisks.find((other) => target(other) === disk.target);
    const { '@type': _format, '@cache': cache, ...driver } = (child(disks[at], 'driver') ?? {}) as Element;
    // What is shared is not cached, which the start writes down.
    const isSettled = disk.shareable && attribute(child(asked, 'driver'), 'cache') === undefined;
    const base = isThrownAway(disk.source) ? backing[0] : undefined;
    return {
      ...disk,
      ...(base !== undefined && { source: base, path: base }),
      // An empty drive has a format only until it starts.
      format: disk.source ? format : undefined,
      driver: { ...driver, cache: isSettled ? undefined : cache },
      more: diskMore.map((name) => stripped(child(disks[at], name))),
    };
  });
}

/** A transient disk runs on a file over its own, which is named so (qemuSnapshotCreateDisksTransient). */
function isThrownAway(source: string | undefined): boolean {
  return source?.includes('.TRANSIENT-') ?? false;
}

function interfaceEssences(domain: Node, next: Node): unknown[] {
  const of = (node: Node) => children(child(node, 'devices'), 'interface');
  const mac = (each: Node) => attribute(child(each, 'mac'), 'address');
  return of(domain).map((each) => {
    const asked = of(next).find((other) => mac(other) === mac(each)) ?? each;
    // A network may be a bridge or a host's device: the start finds out.
    const isNetwork = attribute(asked, 'type') === 'network';
    const {
      '@portid': _port,
      '@bridge': bridge,
      '@dev': dev,
      '@mode': mode,
      ...source
    } = (child(each, 'source') ?? {}) as Element;
    return {
      ...{ mac: mac(each), source: isNetwork ? source['@network'] : { ...source, bridge, dev, mode } },
      isDown: attribute(child(each, 'link'), 'state') === 'down',
      type: isNetwork ? 'network' : attribute(each, 'type'),
      more: interfaceMore.map((name) =>
        isNetwork && name === 'virtualport' ? undefined : stripped(child(each, name)),
      ),
    };
  });
}

function graphicsEssences(domain: Node, next: Node): unknown[] {
  const of = (node: Node) => children(child(node, 'devices'), 'graphics');
  return of(domain).map((each, at) => {
    const asked = of(next)[at];
    const [listen, listenNext] = [each, asked].map((node) => child(node, 'listen'));
    const settled = ['socket', 'address'].filter((name) => attribute(listenNext, name) !== undefined);
    return {
      type: attribute(each, 'type'),
      listen: [attribute(listen, 'type'), ...settled.map((name) => attribute(listen, name))],
      port: attribute(asked, 'autoport') === 'yes' ? 'auto' : attribute(each, 'port'),
    };
  });
}

function deviceEssence(name: string): (device: Node) => unknown[] {
  return (device) => {
    if (streams.has(name)) {
      const { '@state': _state, '@port': _port, ...target } = (child(device, 'target') ?? {}) as Element;
      return [[attribute(device, 'type'), stripped(target)]];
    }
    // Buses come and go with what is on them.
    if (name === 'controller') return attribute(device, 'type') === 'pci' ? [] : [stripped(device)];
    // The host's own device is named by its address.
    if (name === 'hostdev') return [[stripped(device), child(device, 'source')]];
    if (name === 'vsock' && attribute(child(device, 'cid'), 'auto') === 'yes') return ['auto'];
    return [stripped(device)];
  };
}

/** Without what a start adds. */
function stripped(value: Node | Node[]): unknown {
  if (Array.isArray(value)) return value.map((each) => stripped(each));
  if (typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([name]) => !added.has(name));
  return Object.fromEntries(kept.map(([name, each]) => [name, stripped(each)]));
}

function inAnyOrder(values: readonly unknown[]): string[] {
  return values.map(canonical).sort();
}

/** JSON with its keys in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
