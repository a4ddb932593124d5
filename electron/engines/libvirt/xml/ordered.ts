import { XMLParser } from 'fast-xml-parser';

/** A node of the parsed text in order: an element by its name, `#text`, `#cdata` or `#comment`. */
export type OrderedNode = { readonly [name: string]: unknown } & { readonly ':@'?: Attributes };
type Attributes = Readonly<Record<string, string>>;

// Nothing is decoded and nothing trimmed: what we do not know goes back as it came.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  commentPropName: '#comment',
  cdataPropName: '#cdata',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
});

/** The nodes of a text; nothing in them is decoded. @throws Error when it is not well-formed */
export function parseOrdered(xml: string): OrderedNode[] {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new Error('metadata has no document type');
  return parser.parse(xml, true) as OrderedNode[];
}

/** Elements alone. */
export function elements(nodes: readonly OrderedNode[]): OrderedNode[] {
  return nodes.filter((node) => !/^[#?]/.test(nameOf(node)));
}

/** Of an element with its prefix; `#text` and its like for what is none. */
export function nameOf(node: OrderedNode): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '#none';
}

export function splitName(name: string): [prefix: string, local: string] {
  const at = name.indexOf(':');
  return at < 0 ? ['', name] : [name.slice(0, at), name.slice(at + 1)];
}

/** A list of one's own: what is put into it is not in the node. */
export function childrenOf(node: OrderedNode | undefined): OrderedNode[] {
  const children = node?.[nameOf(node)];
  return Array.isArray(children) ? [...(children as OrderedNode[])] : [];
}

export function attributesOf(node: OrderedNode | undefined): Attributes {
  return node?.[':@'] ?? {};
}

/** A node as text; what was never decoded is not encoded. */
export function writeOrdered(node: OrderedNode): string {
  const name = nameOf(node);
  if (name === '#text') return String(node[name]);
  const inside = childrenOf(node).map(writeOrdered).join('');
  if (name === '#cdata') return `<![CDATA[${inside}]]>`;
  if (name === '#comment') return `<!--${inside}-->`;
  const attributes = Object.entries(attributesOf(node)).map(
    ([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`,
  );
  const begin = `${name}${attributes.join('')}`;
  if (name.startsWith('?')) return `<${begin}?>`;
  return inside ? `<${begin}>${inside}</${name}>` : `<${begin}/>`;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What a text or an attribute says. */
export function unescapeXml(text: string): string {
  return text.replaceAll(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    if (name) return entities[name] ?? all;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

/** Writes a text so that an XML parser reads it back, in an element or an attribute. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
