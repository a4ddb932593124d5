import { describe, expect, test } from 'vitest';
import { type EndpointSurroundings, findLibvirtEndpoints, makeEndpoint } from './endpoint.ts';

function around(
  files: readonly string[],
  env: EndpointSurroundings['env'] = { XDG_RUNTIME_DIR: '/run/user/1000' },
  uid = 1000,
): EndpointSurroundings {
  return { uid, home: '/home/me', env, exists: async (file) => files.includes(file) };
}

async function found(surroundings: EndpointSurroundings): Promise<(string | undefined)[][]> {
  const endpoints = await findLibvirtEndpoints(surroundings);
  return endpoints.map(({ uri, socketPath, info }) => [
    info.optional ? `${uri} if it answers` : uri,
    ...(socketPath ? [socketPath] : []),
  ]);
}

describe('the libvirt connections of this machine', () => {
  test("are the system's in any case, and containers where they answer", async () => {
    expect(await found(around([]))).toEqual([['qemu:///system'], ['lxc:///system if it answers']]);
  });

  test.each([
    '/run/user/1000/libvirt/virtqemud-sock',
    '/run/user/1000/libvirt/libvirt-sock',
    '/home/me/.cache/libvirt/virtqemud-sock',
    '/home/me/.cache/libvirt/libvirt-sock',
  ])('are the session too where %s is', async (socket) => {
    expect(await found(around([socket]))).toEqual([
      ['qemu:///system'],
      ['qemu:///session if it answers'],
      ['lxc:///system if it answers'],
    ]);
  });

  test('are the session by the home folder where there is no runtime folder', async () => {
    expect(await found(around(['/home/me/.cache/libvirt/libvirt-sock'], {}))).toContainEqual([
      'qemu:///session if it answers',
    ]);
    expect(await found(around(['/run/user/1000/libvirt/libvirt-sock'], {}))).toHaveLength(2);
  });

  test('are no session for root, whose session is another thing', async () => {
    const root = around(['/run/user/0/libvirt/libvirt-sock'], { XDG_RUNTIME_DIR: '/run/user/0' }, 0);
    expect(await found(root)).toEqual([['qemu:///system'], ['lxc:///system if it answers']]);
  });

  test('are those that were asked for, each once, and nothing else', async () => {
    const env = { POSADA_LIBVIRT_URIS: ' test:///default, qemu:///system,,test:///default ' };
    expect(await found(around(['/home/me/.cache/libvirt/libvirt-sock'], env))).toEqual([
      ['test:///default'],
      ['qemu:///system'],
    ]);
    expect(await found(around([], { POSADA_LIBVIRT_URIS: '' }))).toEqual([]);
  });

  test('may be at a socket that was asked for', async () => {
    const env = { POSADA_LIBVIRT_SOCKET: '/tmp/sock' };
    expect(await found(around([], env))).toContainEqual(['qemu:///system', '/tmp/sock']);
    expect(await found(around([], { ...env, POSADA_LIBVIRT_URIS: 'test:///default' }))).toEqual([
      ['test:///default', '/tmp/sock'],
    ]);
  });
});

describe('an endpoint', () => {
  test('is known by its URI', () => {
    expect(makeEndpoint('qemu:///system')).toEqual({
      uri: 'qemu:///system',
      info: { id: 'libvirt:qemu:///system', kind: 'libvirt', name: 'qemu:///system', address: 'qemu:///system' },
    });
    expect(makeEndpoint('lxc:///system', true).info.optional).toBe(true);
  });

  test('at a socket of its own is another one than that of the URI alone', () => {
    const { info, socketPath } = makeEndpoint('qemu:///system', false, '/tmp/sock');
    expect(socketPath).toBe('/tmp/sock');
    expect(info).toMatchObject({
      id: 'libvirt:qemu:///system@/tmp/sock',
      name: 'qemu:///system',
      address: 'qemu:///system, /tmp/sock',
    });
  });
});
