import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/paths.mjs';

const topLevel = new Set(['package.json', 'package-lock.json', 'tsconfig.json', 'LICENSE', 'README.md']);
const topFolders = new Set(['electron', 'renderer', 'shared', 'build', 'node_modules', 'out']);
const mostLines = 300;

/**
 * @param {ReadonlyMap<string, string>} files
 * @returns {string[]} what does not belong at the top, files that have grown too long, index files
 */
export function checkShape(files) {
  const problems = readdirSync(root)
    .filter((name) => !name.startsWith('.') && !topLevel.has(name) && !topFolders.has(name))
    .map((name) => `${name} does not belong at the top level`);
  for (const [file, text] of files) {
    const lines = text.split('\n').length - 1;
    if (!file.includes('.gen.') && lines > mostLines && !file.startsWith('renderer/text/') && !file.endsWith('.css')) {
      problems.push(`${file} has ${lines} lines: more than ${mostLines} is two things in one file`);
    }
    if (/\/index\.tsx?$/.test(file) && !file.includes('/libvirt/client/')) problems.push(`${file}: no barrels`);
  }
  return problems;
}

/** @returns {string[]} paths that the README names and that are not there */
export function checkReadme() {
  const text = readFileSync(path.join(root, 'README.md'), 'utf8');
  const paths = [...text.matchAll(/`((?:electron|renderer|shared|build)\/[\w./-]*)`/g)].map(([, name = '']) => name);
  if (paths.length === 0) return ['README.md says of nothing where its code is'];
  return paths.filter((name) => !existsSync(path.join(root, name))).map((name) => `README.md names ${name}`);
}
