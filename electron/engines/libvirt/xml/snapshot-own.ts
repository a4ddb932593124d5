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
 * Our facts in the definition inside a snapshot's XML. Read undecoded: libvirt writes letters beyond ASCII as numbers
 * there, which nodes.ts leaves alone.
 * @param name of the snapshot: a domain that was restored by another client carries the element of that snapshot on into
 *   the next one, which it says nothing of
 */
export function ownSnapshotFacts(name: string, xml: string): OwnSnapshotFacts {
  const said = xml.includes(snapshotNamespace) ? attributesIn(xml, name) : undefined;
  return {
    ...(said?.name && { shownName: unescapeXml(said.name) }),
    made: said?.made === 'posada',
    protected: said?.protected === 'yes',
  };
}

function attributesIn(xml: string, name: string): Readonly<Record<string, string>> | undefined {
  const { domain } = partsOf(xml);
  const { metadata, ours } = metadataOf(domain);
  return metadata && said(ours, name);
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
  const { snapshot, domain } = partsOf(xml);
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
  const { metadata, ours, others } = metadataOf(domain);
  // Attributes of a later version stay.
  const before = said(ours, name);
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

function partsOf(xml: string): { snapshot: OrderedNode; domain: OrderedNode } {
  const snapshot = elements(parseOrdered(xml))[0];
  const domain = elements(childrenOf(snapshot)).find((node) => nameOf(node) === 'domain');
  if (!snapshot || nameOf(snapshot) !== 'domainsnapshot' || !domain) throw new Error('this is no whole snapshot');
  return { snapshot, domain };
}

function metadataOf(domain: OrderedNode) {
  const metadata = childrenOf(domain).find((node) => nameOf(node) === 'metadata');
  const above = { ...attributesOf(domain), ...attributesOf(metadata) };
  const [others, ours] = [[] as OrderedNode[], [] as OrderedNode[]];
  for (const node of childrenOf(metadata)) (isOurs(node, above) ? ours : others).push(node);
  return { metadata, ours, others };
}

/** What our element says of this snapshot. */
function said(ours: readonly OrderedNode[], name: string): Readonly<Record<string, string>> | undefined {
  return ours.map(attributesOf).find(({ of }) => of !== undefined && unescapeXml(of) === name);
}

/** libvirt declares a namespace on the element that needs it, or on one above. */
function isOurs(node: OrderedNode, above: Readonly<Record<string, string>>): boolean {
  const [prefix] = splitName(nameOf(node));
  return { ...above, ...attributesOf(node) }[prefix ? `xmlns:${prefix}` : 'xmlns'] === snapshotNamespace;
}
