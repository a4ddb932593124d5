import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { runnerImport } from 'vite';
import { root } from '../setup/paths.mjs';

/** @typedef {import('./bench.mjs').Later} Later */

const image = 'posada-test-bench:1';
const execute = promisify(execFile);
export const dockerSocket = '/var/run/docker.sock';

/** @param {number} number */
export const domainName = (number) => `posada-test-bench-${String(number).padStart(4, '0')}`;

/** @param {string} name */
export const domainXml = (name) =>
  `<domain type='test'><name>${name}</name><memory>65536</memory><vcpu>1</vcpu><os><type>hvm</type></os></domain>`;

/** @param {string[]} words */
export async function docker(...words) {
  const { stdout } = await execute('docker', ['-H', `unix://${dockerSocket}`, ...words]);
  return stdout.trim();
}

/**
 * A TypeScript module of build/testing.
 * @param {string} file
 * @returns {Promise<any>}
 */
export async function testing(file) {
  const { module } = await runnerImport(path.join(root, 'build/testing', file), { root, configFile: false });
  return module;
}

/**
 * A world of running domains for `test:///…`, that each connection opens for itself.
 * @param {Later} later @param {number} count @returns {Promise<string>} the file
 */
export async function makeNodeFile(later, count) {
  const folder = await mkdtemp('/var/tmp/posada-test-bench-');
  later(() => rm(folder, { recursive: true }));
  await chmod(folder, 0o755); // libvirtd may be another user
  const file = path.join(folder, 'node.xml');
  const all = Array.from({ length: count }, (_, number) => domainXml(domainName(number)));
  await writeFile(file, `<node>\n${all.join('\n')}\n</node>\n`);
  return file;
}

/** @param {Later} later */
async function makeImage(later) {
  if (await docker('images', '--quiet', image)) return;
  /** @type {typeof import('../testing/engine-cli.ts')} */
  const { EngineCli } = await testing('engine-cli.ts');
  await new EngineCli('docker', ['-H', `unix://${dockerSocket}`]).importBusybox(image);
  later(() => docker('rmi', '--force', image));
}

/**
 * Containers that are made and not started.
 * @param {Later} later @param {number} count
 */
export async function makeContainers(later, count) {
  await makeImage(later);
  const names = Array.from({ length: count }, (_, number) => `posada-test-bench-${process.pid}-${number}`);
  later(() => docker('rm', '--force', ...names).catch(() => docker('rm', '--force', ...names)));
  for (const name of names) await docker('create', '--name', name, image);
}

/**
 * A container that runs.
 * @param {Later} later @param {string} name @returns {Promise<string>} its id
 */
export async function runContainer(later, name) {
  await makeImage(later);
  later(() => docker('rm', '--force', name));
  return docker('run', '--detach', '--network', 'none', '--name', name, image);
}
