import type { ConfigurationText } from '../../../../shared/guest-detail.ts';

/** One element of XML, or one value of JSON. */
export interface ConfigNode {
  /** Where it is: an XPath, or a path as jq takes it. */
  readonly path: string;
  readonly name: string;
  /** Attributes, or how many things are inside. */
  readonly note: string;
  readonly value: string | undefined;
  readonly children: readonly ConfigNode[];
}

/** A node that is to be seen now. Levels and places count from 1. */
export interface TreeRow {
  readonly node: ConfigNode;
  readonly level: number;
  readonly place: number;
  readonly siblings: number;
}

/** The text as a tree of plain text; undefined where it cannot be read as what it says it is. */
export function readTree({ language, text }: ConfigurationText): ConfigNode | undefined {
  try {
    return language === 'xml' ? readXml(text) : jsonNode(JSON.parse(text) as unknown, '.', '');
  } catch {
    // It is shown as it is instead, and the person is told.
    return undefined;
  }
}

function readXml(text: string): ConfigNode | undefined {
  const parsed = new DOMParser().parseFromString(text, 'application/xml');
  const root = parsed.documentElement;
  // Browsers put an element of this name where the text is no XML.
  if (!root || parsed.getElementsByTagName('parsererror').length > 0) return undefined;
  return xmlNode(root, `/${root.nodeName}`);
}

function xmlNode(element: Element, path: string): ConfigNode {
  const counts = new Map<string, number>();
  const elements = [...element.children];
  for (const { nodeName } of elements) counts.set(nodeName, (counts.get(nodeName) ?? 0) + 1);
  const seen = new Map<string, number>();
  const children = elements.map((child) => {
    const name = child.nodeName;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return xmlNode(child, `${path}/${name}${(counts.get(name) ?? 0) > 1 ? `[${number}]` : ''}`);
  });
  const own = [...element.childNodes]
    .filter(({ nodeType }) => nodeType === Node.TEXT_NODE || nodeType === Node.CDATA_SECTION_NODE)
    .map((node) => node.nodeValue ?? '')
    .join('')
    .trim();
  const note = [...element.attributes].map(({ name, value }) => `${name}="${value}"`).join(' ');
  return { path, name: element.nodeName, note, value: own === '' ? undefined : own, children };
}

function jsonNode(value: unknown, path: string, name: string): ConfigNode {
  if (Array.isArray(value)) {
    const children = value.map((item, index) => jsonNode(item, `${path === '.' ? '.' : path}[${index}]`, `${index}`));
    return { path, name, note: `[${value.length}]`, value: undefined, children };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    const children = entries.map(([key, item]) => jsonNode(item, memberPath(path, key), key));
    return { path, name, note: `{${entries.length}}`, value: undefined, children };
  }
  return { path, name, note: '', value: JSON.stringify(value), children: [] };
}

function memberPath(path: string, key: string): string {
  if (!/^[A-Za-z_]\w*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '.' ? `.${key}` : `${path}.${key}`;
}

/** More nodes than this are unfolded level by level. */
const smallTree = 120;

/** What is unfolded at first: all of a small tree, else its first level. */
export function firstOpen(root: ConfigNode): ReadonlySet<string> {
  const branches: string[] = [];
  let nodes = 0;
  walk(root, (node) => {
    nodes += 1;
    if (node.children.length > 0) branches.push(node.path);
  });
  return new Set(nodes <= smallTree ? branches : [root.path]);
}

/** The nodes that are to be seen, from top to bottom. */
export function treeRows(root: ConfigNode, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (node: ConfigNode, level: number, place: number, siblings: number): void => {
    rows.push({ node, level, place, siblings });
    if (!open.has(node.path)) return;
    node.children.forEach((child, index) => {
      add(child, level + 1, index + 1, node.children.length);
    });
  };
  add(root, 1, 1, 1);
  return rows;
}

/** Paths of the nodes in which the words are found, from top to bottom, each with those that must be open to see it. */
export function searchTree(root: ConfigNode, words: string): { path: string; above: readonly string[] }[] {
  const wanted = words.toLowerCase();
  const hits: { path: string; above: readonly string[] }[] = [];
  walk(root, (node, above) => {
    const text = `${node.name} ${node.note} ${node.value ?? ''}`;
    if (text.toLowerCase().includes(wanted)) hits.push({ path: node.path, above });
  });
  return hits;
}

function walk(
  node: ConfigNode,
  visit: (node: ConfigNode, above: readonly string[]) => void,
  above: readonly string[] = [],
): void {
  visit(node, above);
  if (node.children.length === 0) return;
  const inside = [...above, node.path];
  for (const child of node.children) walk(child, visit, inside);
}
