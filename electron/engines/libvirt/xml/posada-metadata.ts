import { tag as tagSchema } from '../../../../shared/action.ts';
import {
  attributesOf,
  childrenOf,
  elements,
  escapeXml,
  nameOf,
  type OrderedNode,
  parseOrdered,
  splitName,
  unescapeXml,
  writeOrdered,
} from './ordered.ts';

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

/**
 * Our element in the XML of a whole domain, as DOMAIN_GET_METADATA gives it (without our prefix), on one line; undefined
 * where it has none.
 */
export function posadaElementOf(domainXml: string): string | undefined {
  if (!domainXml.includes(posadaNamespace)) return undefined;
  const domain = elements(parseOrdered(domainXml))[0];
  const metadata = elements(childrenOf(domain)).find((node) => nameOf(node) === 'metadata');
  if (!metadata) return undefined;
  // libvirt declares a namespace on the element that needs it, or on one above.
  const above = { ...attributesOf(domain), ...attributesOf(metadata) };
  const ours = elements(childrenOf(metadata)).find((node) => {
    const [prefix] = splitName(nameOf(node));
    return { ...above, ...attributesOf(node) }[prefix ? `xmlns:${prefix}` : 'xmlns'] === posadaNamespace;
  });
  return ours && writeOrdered(withoutPrefix(ours, splitName(nameOf(ours))[0]));
}

/** Our facts in our element alone, as DOMAIN_GET_METADATA gives it: without our prefix. */
export function posadaFactsIn(element: string): PosadaFacts {
  const ours = elements(parseOrdered(element))[0];
  return ours ? factsOf(ours) : noPosadaFacts;
}

/**
 * Our element after a change, as DOMAIN_SET_METADATA takes it: without our prefix and namespace, which libvirt adds (it
 * refuses a text that declares them: "failed to create a new XML namespace"). What other versions have put there stays.
 * @param element what DOMAIN_GET_METADATA gives; undefined where there is none
 * @returns null when nothing is left that is worth an element
 */
export function changedPosadaElement(element: string | undefined, change: PosadaChange): string | null {
  const nodes = element ? parseOrdered(element) : [{ guest: [] }];
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
  return writeOrdered({ [nameOf(ours)]: children, ':@': attributes });
}

/** Whether an element has no more tags than are kept of a guest. */
export function tagsFit(element: string): boolean {
  const ours = elements(parseOrdered(element))[0];
  return childrenOf(ours).filter((node) => tagIn(node) !== undefined).length <= mostTags;
}

function factsOf(ours: OrderedNode): PosadaFacts {
  const tags = childrenOf(ours).flatMap((node) => {
    const tag = tagIn(node);
    return tag !== undefined && tagSchema.safeParse(tag).success ? [tag] : [];
  });
  const { protected: held, lab } = attributesOf(ours);
  const whole = { protected: held === 'yes', tags: [...new Set(tags)].sort().slice(0, mostTags) };
  return tagSchema.safeParse(lab).success && lab ? { ...whole, lab } : whole;
}

/** A node whose own names have no prefix and declare none, without the white space that libvirt indents with. */
function withoutPrefix(node: OrderedNode, prefix: string): OrderedNode {
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

/** The text of a `<tag>`; undefined for any other node. */
function tagIn(node: OrderedNode): string | undefined {
  if (splitName(nameOf(node))[1] !== 'tag') return undefined;
  const text = childrenOf(node).map((part) => part['#text']);
  return text.every((part) => typeof part === 'string') ? unescapeXml(text.join('')).trim() : undefined;
}

function saysAnything(node: OrderedNode): boolean {
  const text = node['#text'];
  return typeof text !== 'string' || text.trim() !== '';
}
