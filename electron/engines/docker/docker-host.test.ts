import { describe, expect, test } from 'vitest';
import { parseHost } from './docker-host.ts';

describe('the address of an engine', () => {
  test.each([
    ['unix:///run/user/1000/docker.sock', 'unix', '/run/user/1000/docker.sock'],
    ['unix:///a b/ü.sock', 'unix', '/a b/ü.sock'],
    ['unix://', 'unix', '/var/run/docker.sock'],
    ['  unix:///x.sock\n', 'unix', '/x.sock'],
    ['npipe:////./pipe/docker_engine', 'npipe', '//./pipe/docker_engine'],
    ['npipe://', 'npipe', '//./pipe/docker_engine'],
  ])('%j is a socket', (address, scheme, path) => {
    expect(parseHost(address)).toEqual({ kind: 'socket', scheme, path });
  });

  test.each([
    ['tcp://example.org:2376', 'example.org', 2376, 'example.org:2376'],
    ['example.org:2376', 'example.org', 2376, 'example.org:2376'],
    ['example.org', 'example.org', 2375, 'example.org:2375'],
    ['tcp://example.org', 'example.org', 2375, 'example.org:2375'],
    ['tcp://example.org:80', 'example.org', 80, 'example.org:80'],
    ['tcp://example.org:80/', 'example.org', 80, 'example.org:80'],
    ['tcp://10.0.0.1:2375/', '10.0.0.1', 2375, '10.0.0.1:2375'],
    ['tcp://[fd00::1]:2375', 'fd00::1', 2375, '[fd00::1]:2375'],
    ['http://example.org:2375', 'example.org', 2375, 'example.org:2375'],
    ['https://example.org:2376', 'example.org', 2376, 'example.org:2376'],
  ])('%j is a host and a port', (address, host, port, shown) => {
    expect(parseHost(address)).toEqual({ kind: 'tcp', host, port, shown });
  });

  test.each([
    ['tcp://example.org', 2376],
    ['example.org', 2376],
    ['tcp://[fd00::1]/', 2376],
    ['tcp://example.org:2375', 2375],
    ['tcp://example.org:80', 80],
  ])('%j with TLS has port %i', (address, port) => {
    expect(parseHost(address, true)).toMatchObject({ kind: 'tcp', port });
  });

  test.each([
    ['unix://relative.sock'],
    ['unix:///nul\0.sock'],
    ['tcp://'],
    ['tcp://a b:2375'],
    ['tcp://example.org:99999'],
    ['tcp://[fd00::1'],
    ['ftp://example.org'],
    ['TCP://example.org:2375'],
    ['fd://'],
    [''],
  ])('%j cannot be used and is shown as it is', (address) => {
    expect(parseHost(address)).toEqual({ kind: 'bad', because: 'malformed', shown: address });
  });

  test.each([
    ['ssh://me@example.org:22', 'ssh://me@example.org:22'],
    ['ssh://example.org', 'ssh://example.org'],
    ['ssh://me:secret@example.org/run/docker.sock', 'ssh://me@example.org/run/docker.sock'],
    ['ssh://me:se/cr@et@example.org', 'ssh://me@example.org'],
  ])('%j is ssh, which is not spoken', (address, shown) => {
    expect(parseHost(address)).toEqual({ kind: 'bad', because: 'ssh', shown });
  });
});

describe('a password in an address', () => {
  test.each([
    ['me:secret@example.org:2375', 'me@example.org:2375'],
    ['tcp://me:secret@example.org:2375', 'tcp://me@example.org:2375'],
    ['TCP://me:secret@example.org', 'TCP://me@example.org'],
    ['ftp://me:secret@example.org', 'ftp://me@example.org'],
    ['tcp://:secret@example.org', 'tcp://example.org'],
    ['tcp://me:@secret@example.org', 'tcp://me@example.org'],
    ['tcp://me@home:secret@example.org', 'tcp://me@example.org'],
    ['tcp://me:se/c/secret@example.org', 'tcp://me@example.org'],
    ['me:secret://secret@example.org', 'me@example.org'],
    ['tcp://me:23/secret@example.org', 'tcp://me@example.org'],
    ['tcp://me:23#secret@example.org', 'tcp://me@example.org'],
    ['unix://me:secret@relative', 'unix://me@relative'],
    ['tcp://me:sec\nsecret@example.org', 'tcp://me@example.org'],
  ])('is not shown: %j', (address, shown) => {
    const parsed = parseHost(address);
    expect(parsed).toEqual({ kind: 'bad', because: 'malformed', shown });
    expect(JSON.stringify(parsed)).not.toContain('secret');
  });
});
