import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../../build/testing/execute.ts';
import { findDockerEndpoints } from './find-endpoints.ts';

let folder: string;
const docker = (...words: string[]): Promise<string> => run('docker', ['--config', folder, ...words], environment());

/** Without what would decide in place of the contexts. */
function environment(): NodeJS.ProcessEnv {
  const { DOCKER_HOST: _host, DOCKER_CONTEXT: _context, ...rest } = process.env;
  return rest;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'posada-test-contexts-'));
  await docker('context', 'create', 'posada-test-far', '--docker', 'host=tcp://far.example:2376,skip-tls-verify=true');
  await docker('context', 'create', 'posada-test.near', '--docker', 'host=unix:///var/run/docker.sock');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const find = () => findDockerEndpoints({ env: { DOCKER_CONFIG: folder, XDG_RUNTIME_DIR: folder } });

test("contexts of the machine's own docker command are found as it stores them", async () => {
  const far = (await find()).find(({ info }) => info.name === 'posada-test-far');
  expect(far).toMatchObject({
    info: { address: 'tcp://far.example:2376', optional: true },
    target: { kind: 'tcp', host: 'far.example', port: 2376, tls: { skipVerify: true } },
  });
});

test.each(['posada-test-far', 'posada-test.near'])('the one in use comes first: %s', async (name) => {
  await docker('context', 'use', name);
  const [first] = await find();
  expect(first?.info.name).toBe(name);
  expect(first?.info.address).toBe(await docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'));
});
