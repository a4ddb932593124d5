import { XMLParser } from 'fast-xml-parser';

// Entities of a document type are not expanded: libvirt writes none, and they are the way to make a small text huge.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  htmlEntities: false,
  removeNSPrefix: true,
  trimValues: true,
});

/** An element: its text alone, or its children by name and its attributes by `@` and name. Prefixes are left out. */
export type Node = string | { readonly [key: string]: Node | Node[] | undefined } | undefined;

/**
 * Reads a text of libvirt's.
 * @returns the node above its outermost element
 * @throws Error when it is not well-formed
 */
export function parseXml(xml: string): Node {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new Error('what libvirt writes has no document type');
  return parser.parse(xml, true) as Node;
}

/** The `<domain>` of a definition. @throws Error when the text is none */
export function parseDomain(xml: string): Node {
  const domain = child(parseXml(xml), 'domain');
  if (domain === undefined) throw new Error('this is not the XML of a domain');
  return domain;
}

/** The children of that name, in order. */
export function children(node: Node, name: string): Node[] {
  if (typeof node !== 'object') return [];
  const found = node[name];
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
}

/** The first child of that name. */
export function child(node: Node, name: string): Node {
  return children(node, name)[0];
}

export function text(node: Node): string | undefined {
  if (typeof node === 'string') return node;
  const found = typeof node === 'object' ? node['#text'] : undefined;
  return typeof found === 'string' ? found : undefined;
}

export function attribute(node: Node, name: string): string | undefined {
  const found = typeof node === 'object' ? node[`@${name}`] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** Units of libvirt's sizes (virScaleInteger); a bare letter is binary, with B decimal. */
const units: Readonly<Record<string, number>> = {
  b: 1,
  bytes: 1,
  kb: 1e3,
  k: 1024,
  kib: 1024,
  mb: 1e6,
  m: 1024 ** 2,
  mib: 1024 ** 2,
  gb: 1e9,
  g: 1024 ** 3,
  gib: 1024 ** 3,
  tb: 1e12,
  t: 1024 ** 4,
  tib: 1024 ** 4,
};

/**
 * A size with its `unit` in bytes; undefined where it tells none.
 * @param plain the unit where none is said: KiB for memory, bytes for volumes
 */
export function bytes(node: Node, plain = 'KiB'): number | undefined {
  const amount = Number(text(node));
  const unit = units[(attribute(node, 'unit') ?? plain).toLowerCase()];
  return amount >= 0 && unit ? amount * unit : undefined;
}
