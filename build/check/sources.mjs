import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/paths.mjs';

const folders = ['shared', 'electron', 'renderer', 'build'];

/** @returns {Map<string, string>} every source file of ours, path from the root to text */
export function sources() {
  const files = new Map();
  for (const folder of folders) {
    for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const file = path.join(folder, name);
      if (/\.(tsx?|mjs|css|sh)$/.test(name) && !/node_modules|fixtures/.test(name)) {
        files.set(file, readFileSync(path.join(root, file), 'utf8'));
      }
    }
  }
  return files;
}
