import { attribute, child, children, type Node } from './nodes.ts';
import {
  attributesOf,
  childrenOf,
  elements,
  escapeXml,
  nameOf,
  type OrderedNode,
  parseOrdered,
  splitName,
  writeOrdered,
} from './ordered.ts';

/**
 * What we know of a snapshot beyond libvirt, kept in the `<metadata>` of the definition inside it: the only place of a
 * snapshot that libvirt keeps elements in that it does not know.
 */
export interface OwnSnapshotFacts {
  /** As the person calls it, where that is not libvirt's name. */
  readonly shownName?: string;
  /** Made by us. */
  readonly made: boolean;
  readonly protected: boolean;
}

export const snapshotNamespace = 'urn:x-posada:snapshot:1';
export const snapshotPrefix = 'posadasnap';

/**
 * Our facts in the definition inside a snapshot.
 * @param name of the snapshot: a domain that was restored by another client carries the element of that snapshot on into
 *   the next one, which it says nothing of
 */
export function ownSnapshotFacts(name: string, domain: Node): OwnSnapshotFacts {
  const element = children(child(domain, 'metadata'), 'snapshot').find((each) => attribute(each, 'of') === name);
  const shownName = attribute(element, 'name');
  return {
    ...(shownName && { shownName }),
    made: attribute(element, 'made') === 'posada',
    protected: attribute(element, 'protected') === 'yes',
  };
}

export interface SnapshotChange extends OwnSnapshotFacts {
  readonly description: string;
}

/**
 * The XML of a snapshot with other facts of ours and another description; all else as it came, so that libvirt takes it
 * for the same one (VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE).
 * @throws Error when the text is no snapshot with a definition
 */
export function withOwnFacts(xml: string, name: string, change: SnapshotChange): string {
  const snapshot = elements(parseOrdered(xml))[0];
  const domain = snapshot && elements(childrenOf(snapshot)).find((node) => nameOf(node) === 'domain');
  if (!snapshot || nameOf(snapshot) !== 'domainsnapshot' || !domain) throw new Error('this is no whole snapshot');
  const described = childrenOf(snapshot)
    .filter((node) => nameOf(node) !== 'description')
    .map((node) => (node === domain ? withElement(domain, name, change) : node));
  const text = escapeXml(change.description);
  return writeOrdered({
    domainsnapshot: text ? [{ description: [{ '#text': text }] }, ...described] : described,
    ':@': attributesOf(snapshot),
  });
}

function withElement(domain: OrderedNode, name: string, change: OwnSnapshotFacts): OrderedNode {
  const inside = childrenOf(domain);
  const metadata = inside.find((node) => nameOf(node) === 'metadata');
  const above = { ...attributesOf(domain), ...attributesOf(metadata) };
  const [others, ours] = [[] as OrderedNode[], [] as OrderedNode[]];
  for (const node of childrenOf(metadata)) (isOurs(node, above) ? ours : others).push(node);
  // Attributes of a later version stay.
  const before = ours.map(attributesOf).find((each) => each.of === escapeXml(name));
  const { name: _name, made: _made, protected: _protected, ...kept } = before ?? {};
  const element: OrderedNode = {
    [`${snapshotPrefix}:snapshot`]: [],
    ':@': {
      ...kept,
      [`xmlns:${snapshotPrefix}`]: snapshotNamespace,
      of: escapeXml(name),
      ...(change.shownName && { name: escapeXml(change.shownName) }),
      ...(change.made && { made: 'posada' }),
      ...(change.protected && { protected: 'yes' }),
    },
  };
  const changed: OrderedNode = { metadata: [...others, element], ':@': attributesOf(metadata) };
  return {
    domain: metadata ? inside.map((node) => (node === metadata ? changed : node)) : [changed, ...inside],
    ':@': attributesOf(domain),
  };
}

/** libvirt declares a namespace on the element that needs it, or on one above. */
function isOurs(node: OrderedNode, above: Readonly<Record<string, string>>): boolean {
  const [prefix] = splitName(nameOf(node));
  return { ...above, ...attributesOf(node) }[prefix ? `xmlns:${prefix}` : 'xmlns'] === snapshotNamespace;
}
