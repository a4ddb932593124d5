import { describe, expect, test } from 'vitest';
import { failure as failureSchema } from '../../../shared/failure.ts';
import { say } from '../../../shared/message.ts';
import type { DockerEndpoint } from './docker-endpoint.ts';
import { findDockerEndpoints } from './find-endpoints.ts';
import { contextFiles, type FakeFiles, fakeProbes } from './testing/fake-files.ts';

const home = '/home/me';
const folder = `${home}/.docker`;
/** As on every Linux of today. */
const links = { '/var/run/docker.sock': '/run/docker.sock', '/var/run': '/run' };
const docker = '/run/docker.sock';

function find(env: Readonly<Record<string, string>> = {}, machine: FakeFiles = {}): Promise<DockerEndpoint[]> {
  return findDockerEndpoints({ env, home, uid: 1000, probes: fakeProbes({ links, ...machine }) });
}

/** Name, address and whether it was only found, of each. */
const short = (found: readonly DockerEndpoint[]) =>
  found.map(({ info }) => [info.name, info.address, info.optional ? 'found' : 'asked for']);

const usual = ['docker', 'unix:///var/run/docker.sock'];

describe('engines on a machine', () => {
  test('are Docker alone where nothing is there, so that its absence is explained', async () => {
    const found = await find();
    expect(short(found)).toEqual([[...usual, 'asked for']]);
    expect(found[0]).toEqual({
      info: { id: 'docker:unix:///var/run/docker.sock', kind: 'docker', name: 'docker', address: usual[1] },
      flavour: 'docker',
      target: { kind: 'socket', path: '/var/run/docker.sock' },
    });
  });

  test('are all that have a socket', async () => {
    const user = '/run/user/1000';
    const sockets = [docker, `${user}/docker.sock`, '/run/podman/podman.sock', `${user}/podman/podman.sock`];
    const found = await find({}, { sockets });
    expect(short(found)).toEqual([
      [...usual, 'asked for'],
      ['docker rootless', `unix://${user}/docker.sock`, 'found'],
      ['podman', 'unix:///run/podman/podman.sock', 'found'],
      ['podman rootless', `unix://${user}/podman/podman.sock`, 'found'],
    ]);
    expect(found.map(({ flavour }) => flavour)).toEqual(['docker', 'docker-rootless', 'podman', 'podman-rootless']);
  });

  test('of a person are looked for where the person has the runtime folder', async () => {
    const sockets = ['/tmp/run/docker.sock', '/run/user/1000/podman/podman.sock'];
    expect(short(await find({ XDG_RUNTIME_DIR: '/tmp/run' }, { sockets })).slice(1)).toEqual([
      ['docker rootless', 'unix:///tmp/run/docker.sock', 'found'],
    ]);
  });

  test('are those of the contexts too: sockets that are there, and hosts, which nobody asks before they are opened', async () => {
    const files = {
      ...contextFiles(folder, 'desktop', { Host: 'unix:///home/me/.docker/desktop.sock' }),
      ...contextFiles(folder, 'gone', { Host: 'unix:///home/me/gone.sock' }),
      ...contextFiles(folder, 'far', { Host: 'tcp://far.example:2376' }, { 'ca.pem': 'CA' }),
      ...contextFiles(folder, 'by ssh', { Host: 'ssh://me:secret@far.example' }),
      ...contextFiles(folder, 'spoilt', { Host: 'me:secret@far.example' }),
    };
    const found = await find({}, { files, sockets: [`${folder}/desktop.sock`] });
    expect(short(found)).toEqual([
      [...usual, 'asked for'],
      ['desktop', 'unix:///home/me/.docker/desktop.sock', 'found'],
      ['far', 'tcp://far.example:2376', 'found'],
    ]);
    expect(found.map(({ flavour }) => flavour)).toEqual(['docker', 'remote', 'remote']);
    expect(found[2]?.target).toEqual({ kind: 'tcp', host: 'far.example', port: 2376, tls: { ca: 'CA' } });
    // Its keys are in the context, so that a command has to name that.
    expect(found.map(({ cli }) => cli)).toEqual([undefined, undefined, ['--context', 'far']]);
  });
});

describe('one engine', () => {
  test.each(['/run/docker.sock', '/var/run/docker.sock'])('at %s is the usual one under any name', async (path) => {
    const found = await find({ DOCKER_HOST: `unix://${path}` }, { sockets: [docker] });
    expect(short(found)).toEqual([['DOCKER_HOST', usual[1], 'asked for']]);
    expect(found[0]).toMatchObject({ flavour: 'docker', target: { kind: 'socket', path } });
  });

  test('has one id whether it runs or not', async () => {
    const ids = async (sockets: string[]) =>
      (await find({ DOCKER_HOST: 'unix:///run/docker.sock' }, { sockets: [...sockets, '/run/x.sock'] })).map(
        ({ info }) => info.id,
      );
    expect(await ids([docker])).toEqual(['docker:unix:///var/run/docker.sock']);
    expect(await ids([])).toEqual(['docker:unix:///var/run/docker.sock']);
  });

  test('that two contexts and a link lead to is shown once', async () => {
    const files = {
      ...contextFiles(folder, 'a', { Host: 'unix:///home/me/link.sock' }),
      ...contextFiles(folder, 'b', { Host: 'unix:///run/podman/podman.sock' }),
    };
    const found = await find(
      {},
      {
        files,
        sockets: ['/run/podman/podman.sock'],
        links: { ...links, '/home/me/link.sock': '/run/podman/podman.sock' },
      },
    );
    expect(short(found).slice(1)).toEqual([['a', 'unix:///run/podman/podman.sock', 'found']]);
    expect(found[1]?.flavour).toBe('podman');
  });
});

describe('what the docker command would talk to', () => {
  const files = {
    ...contextFiles(folder, 'far', { Host: 'tcp://far.example:2375' }),
    ...contextFiles(folder, 'near', { Host: 'tcp://near.example:2375' }),
    [`${folder}/config.json`]: { currentContext: 'near' },
  };
  const far = 'tcp://far.example:2375';
  const near = 'tcp://near.example:2375';

  test.each<[string, Record<string, string>, string[][]]>([
    [
      'the current context',
      {},
      [
        ['near', near, 'asked for'],
        ['far', far, 'found'],
      ],
    ],
    [
      'DOCKER_CONTEXT',
      { DOCKER_CONTEXT: 'far' },
      [
        ['far', far, 'asked for'],
        ['near', near, 'found'],
      ],
    ],
    [
      'DOCKER_HOST',
      { DOCKER_CONTEXT: 'far', DOCKER_HOST: 'tcp://here:1' },
      [
        ['DOCKER_HOST', 'tcp://here:1', 'asked for'],
        ['far', far, 'found'],
        ['near', near, 'found'],
      ],
    ],
    [
      'nothing, by the name default',
      { DOCKER_CONTEXT: 'default' },
      [
        [...usual, 'asked for'],
        ['far', far, 'found'],
        ['near', near, 'found'],
      ],
    ],
    [
      'nothing, by an empty DOCKER_HOST',
      { DOCKER_HOST: '' },
      [
        ['near', near, 'asked for'],
        ['far', far, 'found'],
      ],
    ],
  ])('is %s, and comes first', async (_title, env, expected) => {
    expect(short(await find(env, { files }))).toEqual(expected);
  });

  test('leaves the usual engine to be found', async () => {
    const found = await find({ DOCKER_HOST: 'tcp://here:1' }, { sockets: [docker] });
    expect(short(found)).toEqual([
      ['DOCKER_HOST', 'tcp://here:1', 'asked for'],
      [...usual, 'found'],
    ]);
  });

  test('is kept in another folder by DOCKER_CONFIG', async () => {
    const moved = {
      ...contextFiles('/etc/mine', 'moved', { Host: 'tcp://moved.example:2375' }),
      '/etc/mine/config.json': { currentContext: 'moved' },
    };
    const found = await find({ DOCKER_CONFIG: '/etc/mine' }, { files: { ...files, ...moved } });
    expect(short(found)).toEqual([['moved', 'tcp://moved.example:2375', 'asked for']]);
  });

  test('is spoken to with the TLS files that DOCKER_TLS_VERIFY asks for', async () => {
    const pem = { '/pem/ca.pem': 'CA', [`${folder}/ca.pem`]: 'OWN' };
    const tlsOf = async (env: Record<string, string>) => {
      const [first] = await find({ DOCKER_HOST: 'tcp://here:2376', ...env }, { files: pem });
      return first?.target;
    };
    const target = { kind: 'tcp', host: 'here', port: 2376 };
    expect(await tlsOf({})).toEqual(target);
    expect(await tlsOf({ DOCKER_CERT_PATH: '/pem' })).toEqual(target);
    expect(await tlsOf({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/pem' })).toEqual({ ...target, tls: { ca: 'CA' } });
    expect(await tlsOf({ DOCKER_TLS_VERIFY: '1' })).toEqual({ ...target, tls: { ca: 'OWN' } });
    expect(await tlsOf({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/none' })).toEqual({ ...target, tls: {} });
  });

  test('has commands that name those files, and none where the address is enough', async () => {
    const cliOf = async (env: Record<string, string>) =>
      (await find({ DOCKER_HOST: 'tcp://here:2376', ...env }))[0]?.cli;
    expect(await cliOf({})).toBeUndefined();
    expect(await cliOf({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/pem' })).toEqual([
      ...['--tlsverify', '--tlscacert', '/pem/ca.pem', '--tlscert', '/pem/cert.pem', '--tlskey', '/pem/key.pem'],
      ...['-H', 'tcp://here:2376'],
    ]);
  });

  test('is at the port for TLS where TLS is asked for and no port is named', async () => {
    const own = contextFiles(folder, 'far', { Host: 'tcp://far.example', SkipTLSVerify: true });
    const found = async (env: Record<string, string>) => short(await find(env, { files: own })).map(([, at]) => at)[0];
    expect(await found({ DOCKER_HOST: 'tcp://here' })).toBe('tcp://here:2375');
    expect(await found({ DOCKER_HOST: 'tcp://here', DOCKER_TLS_VERIFY: '1' })).toBe('tcp://here:2376');
    expect(await found({ DOCKER_CONTEXT: 'far' })).toBe('tcp://far.example:2376');
  });
});

describe('what cannot be used', () => {
  test.each<[string, Record<string, string>, string, string, object]>([
    [
      'a missing context',
      { DOCKER_CONTEXT: 'gone' },
      'gone',
      'bad-input',
      say('failure.detail.contextMissing', { context: 'gone' }),
    ],
    ['ssh', { DOCKER_HOST: 'ssh://me:secret@far' }, 'DOCKER_HOST', 'not-supported', say('failure.detail.notSupported')],
    [
      'an address that is none',
      { DOCKER_HOST: 'me:secret@host:2375' },
      'DOCKER_HOST',
      'bad-input',
      say('failure.detail.badAddress', { address: 'me@host:2375' }),
    ],
  ])('is shown with the reason, and its password is not: %s', async (_title, env, name, code, detail) => {
    const found = await find(env, { sockets: [docker] });
    expect(short(found).slice(1)).toEqual([[...usual, 'found']]);
    const [first] = found;
    if (first?.target.kind !== 'none') throw new Error('it has a target');
    expect(failureSchema.safeParse(first.target.failure).error).toBeUndefined();
    expect(first.target.failure).toMatchObject({
      code,
      detail,
      title: say('failure.title.connect', { engine: name }),
      engine: first.info.id,
    });
    expect(first.info).toMatchObject({ name, kind: 'docker' });
    expect(first.info).not.toHaveProperty('optional');
    expect(JSON.stringify(found)).not.toContain('secret');
  });
});
