// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { drawnLines, marked, searchLines } from './config-lines.ts';
import { type ConfigNode, firstOpen, readTree, searchTree, treeRows } from './config-tree.ts';

function tree(language: 'xml' | 'json', text: string): ConfigNode {
  const root = readTree({ of: 'only', language, text });
  if (!root) throw new Error('no tree');
  return root;
}
const shown = (root: ConfigNode): string[] =>
  treeRows(root, firstOpen(root)).map(({ node, level }) =>
    `${'  '.repeat(level - 1)}${node.name} ${node.note} ${node.value ?? ''}`.trimEnd(),
  );

describe('a configuration as a tree', () => {
  test('has the elements of XML with their attributes and text', () => {
    const root = tree('xml', `<domain type='kvm'><name>a &amp; b</name><disk dev='a'/><disk dev='b'/></domain>`);
    expect(shown(root)).toEqual(['domain type="kvm"', '  name  a & b', '  disk dev="a"', '  disk dev="b"']);
    expect(root.children.map((child) => child.path)).toEqual(['/domain/name', '/domain/disk[1]', '/domain/disk[2]']);
  });

  test('has the values of JSON, and paths that jq takes', () => {
    const root = tree('json', '{"Config":{"Env":["A=1","B=2"],"a b":null}}');
    const paths = treeRows(root, firstOpen(root)).map(({ node }) => node.path);
    expect(paths).toEqual(['.', '.Config', '.Config.Env', '.Config.Env[0]', '.Config.Env[1]', '.Config["a b"]']);
    expect(shown(root)[3]).toBe('      0  "A=1"');
  });

  test('is none where the text is not what it says it is', () => {
    expect(readTree({ of: 'only', language: 'json', text: '{"a":' })).toBeUndefined();
  });

  test('of many nodes is unfolded one level only', () => {
    const root = tree('json', JSON.stringify({ list: Array.from({ length: 5000 }, (_, number) => ({ number })) }));
    expect(treeRows(root, firstOpen(root))).toHaveLength(2);
  });

  test('is searched in names, attributes and values, folded or not', () => {
    const root = tree(
      'xml',
      `<domain><devices><disk type='file'><source file='/x/Web.qcow2'/></disk></devices></domain>`,
    );
    expect(searchTree(root, 'web.')).toEqual([
      { path: '/domain/devices/disk/source', above: ['/domain', '/domain/devices', '/domain/devices/disk'] },
    ]);
    expect(searchTree(root, 'FILE').map(({ path }) => path)).toEqual([
      '/domain/devices/disk',
      '/domain/devices/disk/source',
    ]);
  });
});

describe('a configuration as text', () => {
  test('has its lines with numbers', () => {
    expect(drawnLines('one\r\ntwo\n')).toEqual([
      { number: 1, text: 'one' },
      { number: 2, text: 'two' },
    ]);
  });

  test('goes on in the next row where one line is megabytes long, and nothing of it is lost', () => {
    const line = 'x'.repeat(2_000_001);
    const drawn = drawnLines(`${line}\nend`);
    expect(drawn.at(-1)).toEqual({ number: 2, text: 'end' });
    expect(
      drawn
        .slice(0, -1)
        .map(({ text }) => text)
        .join(''),
    ).toBe(line);
    expect(Math.max(...drawn.map(({ text }) => text.length))).toBeLessThan(1000);
    expect(drawn.filter(({ number }) => number === 1)).toHaveLength(1);
  });

  test('is searched line by line, and what is found is marked', () => {
    expect(searchLines(drawnLines('a Disk\nb\ndisk'), 'disk')).toEqual([0, 2]);
    expect(marked('a Disk, a disk', 'DISK')).toEqual(['a ', 'Disk', ', a ', 'disk', '']);
    expect(marked('none', 'disk')).toEqual(['none']);
  });
});
