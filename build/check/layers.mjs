import path from 'node:path';

/**
 * Who may import whom. The first rule whose `from` fits a file holds, so the narrow ones come first. `npm` says which
 * packages (and node: modules) may be used; type imports count.
 * @type {readonly { from: RegExp, may: RegExp, npm: RegExp, why: string }[]}
 */
const rules = [
  { from: /\.test(-suite)?\.tsx?$|\/testing\//, may: /./, npm: /./, why: 'tests' },
  { from: /^shared\//, may: /^shared\//, npm: /^zod$/, why: 'shared imports nothing of ours, no Node, no DOM' },
  {
    from: /^electron\/engines\/libvirt\/client\//,
    may: /^electron\/engines\/libvirt\/client\//,
    npm: /^node:/,
    why: 'the libvirt client stands alone',
  },
  {
    from: /^electron\/engines\/(demo|docker|libvirt)\//,
    may: /^shared\/|^electron\/engines\/[^/]+\.ts$|^electron\/engines\/$SAME\//,
    npm: /^(node:|dockerode|fast-xml-parser|zod)/,
    why: 'engines import neither each other nor the rest of main',
  },
  {
    from: /^electron\/engines\//,
    may: /^shared\/|^electron\/engines\/[^/]+\.ts$/,
    npm: /^node:/,
    why: 'what engines share knows none of them',
  },
  {
    from: /^electron\/(inventory|tasks|store|host|journal)\//,
    may: /^shared\/|^electron\/(inventory|tasks|store|host|journal)\/|^electron\/engines\/[^/]+\.ts$/,
    npm: /^(node:|systeminformation|zod)/,
    why: 'services know the Engine interface, not windows and not a certain engine',
  },
  {
    from: /^electron\/log\//,
    may: /^shared\/|^electron\/(log|engines\/[^/]+\.ts$)/,
    npm: /^(node:|electron-log\/node$)/,
    why: 'the log knows failures and patches, not windows',
  },
  {
    from: /^electron\//,
    may: /^(shared|electron)\//,
    npm: /^(node:|electron$|yazl$|zod)/,
    why: 'main imports no renderer',
  },
  { from: /^renderer\/bridge\//, may: /^(shared|renderer\/bridge)\//, npm: /^$/, why: 'the bridge knows no screen' },
  {
    from: /^renderer\/text\//,
    may: /^(shared|renderer\/text)\//,
    npm: /^intl-messageformat$/,
    why: 'words know nothing',
  },
  {
    from: /^renderer\/stores\//,
    may: /^(shared|renderer\/(bridge|stores|text))\//,
    npm: /^(zustand|react$)/,
    why: 'stores know no component',
  },
  {
    from: /^renderer\/actions\//,
    may: /^(shared|renderer\/(stores|text|actions))\//,
    npm: /^(lucide-react|@leeoniya\/ufuzzy)$/,
    why: 'actions know no component',
  },
  {
    from: /^renderer\/parts\/charts\//,
    may: /^(shared|renderer\/(stores|text|actions|parts))\//,
    npm: /^(react|lucide-react|uplot)/,
    why: 'charts are parts that may draw curves',
  },
  {
    from: /^renderer\/parts\//,
    may: /^(shared|renderer\/(stores|text|actions|parts))\//,
    npm: /^(react|lucide-react)/,
    why: 'parts know no screen and no bridge',
  },
  {
    from: /^renderer\/screens\/([^/]+)\//,
    may: /^(shared|renderer\/(stores|text|actions|parts)|renderer\/screens\/$SAME)\//,
    npm: /^(react|lucide-react|@tanstack\/react-virtual)/,
    why: 'a screen imports no other screen and no bridge',
  },
  { from: /^renderer\//, may: /^(shared|renderer)\//, npm: /^(react|lucide-react)/, why: 'the window imports no main' },
  { from: /^build\//, may: /^(build|shared)\//, npm: /./, why: 'what builds and tests is not part of the app' },
];

/** Text that only these files may contain. @type {readonly { text: RegExp, only: RegExp, why: string }[]} */
const words = [
  { text: /\bipcMain\b/, only: /^electron\/ipc\//, why: 'commands come in through electron/ipc' },
  { text: /\bipcRenderer\b/, only: /^electron\/preload\.ts$/, why: 'the preload script is the one way out' },
  {
    text: /\bwindow\.posada\b/,
    only: /^renderer\/(bridge\/|main\.tsx)|^shared\/ipc\/bridge/,
    why: 'only the bridge sees the preload API',
  },
  { text: /dangerouslySetInnerHTML|\.innerHTML\b/, only: /^$/, why: 'text from engines is data, never markup' },
];

const imports = /(?:\bfrom\s*|\bimport\s*\(?\s*)'([^'\n]+)'/g;

/**
 * @param {ReadonlyMap<string, string>} files path to text
 * @returns {{ problems: string[], read: number }} read: how many imports were looked at
 */
export function checkLayers(files) {
  const problems = [];
  let read = 0;
  for (const [file, text] of files) {
    // This file quotes imports that must not be.
    if (!/\.(tsx?|mjs)$/.test(file) || file === 'build/check/layers.mjs') continue;
    const rule = rules.find(({ from }) => from.test(file));
    if (!rule) continue;
    const same = file.split('/')[2] ?? '';
    const may = new RegExp(rule.may.source.replace('$SAME', same));
    for (const [, goal = ''] of text.matchAll(imports)) {
      read += 1;
      const ours = goal.startsWith('.');
      const target = ours ? path.posix.join(path.posix.dirname(file), goal) : goal;
      if (!(ours ? may : rule.npm).test(target)) problems.push(`${file} imports ${target}: ${rule.why}`);
    }
    if (/\.test(-suite)?\.|\/testing\/|^build\//.test(file)) continue;
    for (const { text: word, only, why } of words) {
      if (word.test(text) && !only.test(file)) problems.push(`${file} uses ${word.source}: ${why}`);
    }
  }
  return { problems, read };
}

/** Each is a breach that must be caught: a check that reads nothing finds nothing either. */
const planted = new Map([
  ['shared/planted.ts', "import type { App } from '../electron/app.ts';"],
  ['renderer/parts/planted.tsx', "import { GuestGrid } from '../screens/guests/guest-grid.tsx';"],
  ['renderer/screens/other/planted.tsx', "import { GuestGrid } from '../guests/guest-grid.tsx';"],
  ['renderer/stores/planted.ts', "import fs from 'node:fs';"],
  ['electron/engines/docker/planted.ts', "import { LibvirtHost } from '../libvirt/client/index.ts';"],
  ['electron/engines/libvirt/client/planted.ts', "import type { Guest } from '../../../../shared/guest.ts';"],
  ['electron/engines/demo/planted.ts', "const late = await import('../../ipc/handlers.ts');"],
  ['electron/handlers/planted.ts', 'ipcMain.handle();'],
  ['renderer/planted.tsx', 'element.innerHTML = name;'],
]);

/** @returns {string[]} planted breaches that were not caught */
export function missedBreaches() {
  return [...planted].flatMap(([file, text]) =>
    checkLayers(new Map([[file, text]])).problems.length > 0 ? [] : [`The planted breach in ${file} was not caught.`],
  );
}
