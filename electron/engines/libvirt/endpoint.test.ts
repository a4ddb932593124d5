import { describe, expect, test } from 'vitest';
import { type EndpointSurroundings, findLibvirtEndpoints, makeEndpoint } from './endpoint.ts';

function around(env: EndpointSurroundings['env'] = {}, uid = 1000): EndpointSurroundings {
  return { uid, env };
}

function found(surroundings: EndpointSurroundings): (string | undefined)[][] {
  const endpoints = findLibvirtEndpoints(surroundings);
  return endpoints.map(({ uri, socketPath, info }) => [
    info.optional ? `${uri} if it answers` : uri,
    ...(socketPath ? [socketPath] : []),
  ]);
}

describe('the libvirt connections of this machine', () => {
  test("are the system's in any case, and the session and containers where they answer, also later", () => {
    expect(found(around())).toEqual([
      ['qemu:///system'],
      ['qemu:///session if it answers'],
      ['lxc:///system if it answers'],
    ]);
  });

  test('are no session for root, whose session is another thing', () => {
    expect(found(around({}, 0))).toEqual([['qemu:///system'], ['lxc:///system if it answers']]);
  });

  test('are those that were asked for, each once, and nothing else', () => {
    const env = { POSADA_LIBVIRT_URIS: ' test:///default, qemu:///system,,test:///default ' };
    expect(found(around(env))).toEqual([['test:///default'], ['qemu:///system']]);
    expect(found(around({ POSADA_LIBVIRT_URIS: '' }))).toEqual([]);
  });

  test('may be at a socket that was asked for', () => {
    const env = { POSADA_LIBVIRT_SOCKET: '/tmp/sock' };
    expect(found(around(env))).toContainEqual(['qemu:///system', '/tmp/sock']);
    expect(found(around({ ...env, POSADA_LIBVIRT_URIS: 'test:///default' }))).toEqual([
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
