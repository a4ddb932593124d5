import path from 'node:path';
import { build } from 'vite';
import { cache, root } from '../setup/paths.mjs';

/**
 * The libvirt client, as far as benchmarks use it.
 * @typedef {object} Connection
 * @property {(name: string, args?: object) => Promise<any>} call
 */
/**
 * @typedef {object} Host
 * @property {Connection} polling
 * @property {Connection} actions
 * @property {Connection} events
 * @property {() => void} close
 */
/**
 * @typedef {object} Client
 * @property {{ open(options: { uri: string, socketPaths?: string[] }, heard?: { event?: (name: string, message: any) => void }): Promise<Host> }} LibvirtHost
 * @property {(connection: Connection, groups: number, domains: object[]) => Promise<unknown[]>} allDomainStats
 */

/** Bundles our libvirt client as the app's build does. @returns {Promise<string>} the file */
export async function buildClient() {
  const outDir = path.join(cache, 'bench/client');
  const entry = path.join(root, 'electron/engines/libvirt/client/index.ts');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'node20.18',
      rollupOptions: { output: { entryFileNames: 'client.mjs' } },
    },
  });
  return path.join(outDir, 'client.mjs');
}
