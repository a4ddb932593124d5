import { XMLParser } from 'fast-xml-parser';
import { tag as tagSchema } from '../../../../shared/action.ts';

/** Facts of the person's own that a domain carries in its `<metadata>`, so that every client sees them. */
export interface PosadaFacts {
  readonly protected: boolean;
  /** Sorted, each once; what is no tag of ours is left out. */
  readonly tags: readonly string[];
  /** The lab that it belongs to. */
  readonly lab?: string;
}

export interface PosadaChange {
  readonly protected?: boolean;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

export const posadaNamespace = 'urn:x-posada:guest:1';
/** What libvirt puts before our element's names: `<posada:guest protected="yes"><posada:tag>db</posada:tag>…`. */
export const posadaPrefix = 'posada';
export const noPosadaFacts: PosadaFacts = { protected: false, tags: [] };
export const mostTags = 32;

/** A node of the parsed text in order: an element by its name, `#text`, `#cdata` or `#comment`. */
type Node = { readonly [name: string]: unknown } & { readonly ':@'?: Attributes };
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

/**
 * Our element in the XML of a whole domain, as DOMAIN_GET_METADATA gives it (without our prefix), on one line; undefined
 * where it has none.
 */
export function posadaElementOf(domainXml: string): string | undefined {
  if (!domainXml.includes(posadaNamespace)) return undefined;
  const domain = elements(parse(domainXml))[0];
  const metadata = elements(childrenOf(domain)).find((node) => nameOf(node) === 'metadata');
  if (!metadata) return undefined;
  // libvirt declares a namespace on the element that needs it, or on one above.
  const above = { ...attributesOf(domain), ...attributesOf(metadata) };
  const ours = elements(childrenOf(metadata)).find((node) => {
    const [prefix] = splitName(nameOf(node));
    return { ...above, ...attributesOf(node) }[prefix ? `xmlns:${prefix}` : 'xmlns'] === posadaNamespace;
  });
  return ours && write(withoutPrefix(ours, splitName(nameOf(ours))[0]));
}

/** Our facts in our element alone, as DOMAIN_GET_METADATA gives it: without our prefix. */
export function posadaFactsIn(element: string): PosadaFacts {
  const ours = elements(parse(element))[0];
  return ours ? factsOf(ours) : noPosadaFacts;
}

/**
 * Our element after a change, as DOMAIN_SET_METADATA takes it: without our prefix and namespace, which libvirt adds (it
 * refuses a text that declares them: "failed to create a new XML namespace"). What other versions have put there stays.
 * @param element what DOMAIN_GET_METADATA gives; undefined where there is none
 * @returns null when nothing is left that is worth an element
 */
export function changedPosadaElement(element: string | undefined, change: PosadaChange): string | null {
  const nodes = element ? parse(element) : [{ guest: [] }];
  const ours = elements(nodes)[0] ?? { guest: [] };
  const { protected: before, ...others } = attributesOf(ours);
  const isProtected = change.protected ?? before === 'yes';
  // An element of a later version may say more of protection than we understand: only ours is taken away.
  const kept = change.protected === undefined && before !== undefined ? { protected: before } : {};
  const attributes = { ...others, ...kept, ...(isProtected && { protected: 'yes' }) };
  const gone = new Set(change.remove);
  const children = childrenOf(ours).filter((node) => {
    const tag = tagIn(node);
    return tag === undefined || !gone.has(tag);
  });
  const there = new Set(children.map(tagIn));
  for (const tag of new Set(change.add)) {
    if (!there.has(tag)) children.push({ tag: [{ '#text': escapeXml(tag) }] });
  }
  if (Object.keys(attributes).length === 0 && !children.some(saysAnything)) return null;
  return write({ [nameOf(ours)]: children, ':@': attributes });
}

/** Whether an element has no more tags than are kept of a guest. */
export function tagsFit(element: string): boolean {
  const ours = elements(parse(element))[0];
  return childrenOf(ours).filter((node) => tagIn(node) !== undefined).length <= mostTags;
}

function factsOf(ours: Node): PosadaFacts {
  const tags = childrenOf(ours).flatMap((node) => {
    const tag = tagIn(node);
    return tag !== undefined && tagSchema.safeParse(tag).success ? [tag] : [];
  });
  const { protected: held, lab } = attributesOf(ours);
  const whole = { protected: held === 'yes', tags: [...new Set(tags)].sort().slice(0, mostTags) };
  return tagSchema.safeParse(lab).success && lab ? { ...whole, lab } : whole;
}

function parse(xml: string): Node[] {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new Error('metadata has no document type');
  return parser.parse(xml, true) as Node[];
}

function elements(nodes: readonly Node[]): Node[] {
  return nodes.filter((node) => !/^[#?]/.test(nameOf(node)));
}

function nameOf(node: Node): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '#none';
}

function splitName(name: string): [prefix: string, local: string] {
  const at = name.indexOf(':');
  return at < 0 ? ['', name] : [name.slice(0, at), name.slice(at + 1)];
}

/** A node whose own names have no prefix and declare none, without the white space that libvirt indents with. */
function withoutPrefix(node: Node, prefix: string): Node {
  const name = nameOf(node);
  if (/^[#?]/.test(name)) return node;
  const [own, local] = splitName(name);
  const declaration = prefix ? `xmlns:${prefix}` : 'xmlns';
  const attributes = Object.entries(attributesOf(node)).filter(([key]) => key !== declaration);
  return {
    [own === prefix ? local : name]: childrenOf(node)
      .filter((child) => nameOf(child) !== '#text' || saysAnything(child))
      .map((child) => withoutPrefix(child, prefix)),
    ':@': Object.fromEntries(attributes),
  };
}

function childrenOf(node: Node | undefined): Node[] {
  const children = node?.[nameOf(node)];
  return Array.isArray(children) ? [...(children as Node[])] : [];
}

function attributesOf(node: Node | undefined): Attributes {
  return node?.[':@'] ?? {};
}

/** A node as text; what was never decoded is not encoded. */
function write(node: Node): string {
  const name = nameOf(node);
  if (name === '#text') return String(node[name]);
  const inside = childrenOf(node).map(write).join('');
  if (name === '#cdata') return `<![CDATA[${inside}]]>`;
  if (name === '#comment') return `<!--${inside}-->`;
  const attributes = Object.entries(attributesOf(node)).map(
    ([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`,
  );
  const begin = `${name}${attributes.join('')}`;
  if (name.startsWith('?')) return `<${begin}?>`;
  return inside ? `<${begin}>${inside}</${name}>` : `<${begin}/>`;
}

/** The text of a `<tag>`; undefined for any other node. */
function tagIn(node: Node): string | undefined {
  if (splitName(nameOf(node))[1] !== 'tag') return undefined;
  const text = childrenOf(node).map((part) => part['#text']);
  return text.every((part) => typeof part === 'string') ? unescapeXml(text.join('')).trim() : undefined;
}

function saysAnything(node: Node): boolean {
  const text = node['#text'];
  return typeof text !== 'string' || text.trim() !== '';
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
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
