import { describe, expect, test } from 'vitest';
import { type Failure, failure as failureSchema } from '../../../shared/failure.ts';
import type { EngineId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import type { Machine } from '../machine.ts';
import { connectFailure } from './connect-failures.ts';
import type { DockerEndpoint, DockerFlavour, DockerTarget } from './docker-endpoint.ts';
import { DockerError } from './docker-error.ts';

const path = '/var/run/docker.sock';

interface Facts {
  readonly flavour?: DockerFlavour;
  readonly target?: DockerTarget;
  readonly programs?: readonly string[];
  readonly systemd?: boolean;
  readonly member?: boolean;
  readonly user?: string;
  readonly group?: string | undefined;
}

async function ofConnecting(error: unknown, facts: Facts = {}): Promise<Failure> {
  const { flavour = 'docker', target = { kind: 'socket', path }, systemd = true, user = 'me' } = facts;
  const address = target.kind === 'tcp' ? `tcp://${target.host}:${target.port}` : `unix://${path}`;
  const id = `docker:${address}` as EngineId;
  const endpoint: DockerEndpoint = { info: { id, kind: 'docker', name: 'docker', address }, flavour, target };
  const machine: Machine = {
    user,
    groupOf: async (file) => (file === path && 'group' in facts ? facts.group : 'docker'),
    isMember: async (who, group) => facts.member === true && who === user && group === 'docker',
    hasProgram: async (name) => (facts.programs ?? ['dockerd', 'podman']).includes(name),
    hasSystemd: async () => systemd,
  };
  const failure = await connectFailure(error, endpoint, machine);
  expect(failureSchema.safeParse(failure).error).toBeUndefined();
  expect(failure).toMatchObject({ title: say('failure.title.connect', { engine: 'docker' }), engine: id });
  return failure;
}

const errno = (code: string): DockerError => new DockerError('network', `connect ${code} ${path}`, { errno: code });
const far: Facts = { flavour: 'remote', target: { kind: 'tcp', host: 'far', port: 2375 } };

/** Remedies in short: the command to copy, the sentence to read, or `retry`. */
function remedies({ remedies: all }: Failure): string[] {
  return all.map((each) => (each.do === 'run' ? each.command : each.do === 'read' ? each.text.key : 'retry'));
}

describe('an engine whose socket is not there', () => {
  test.each<[DockerFlavour, string, string]>([
    ['docker', 'dockerd', 'sudo apt-get install -y docker.io'],
    ['docker-rootless', 'dockerd', 'sudo apt-get install -y docker.io'],
    ['podman', 'podman', 'sudo apt-get install -y podman'],
    ['podman-rootless', 'podman', 'sudo apt-get install -y podman'],
  ])('(%s) is installed where %s is missing', async (flavour, program, command) => {
    const programs = ['dockerd', 'podman'].filter((name) => name !== program);
    const failure = await ofConnecting(errno('ENOENT'), { flavour, programs });
    expect(failure).toMatchObject({ code: 'engine-missing', detail: say('failure.detail.notInstalled', { program }) });
    expect(remedies(failure)).toEqual([command, 'retry']);
  });

  test.each<[Facts, string]>([
    [{}, 'sudo systemctl start docker'],
    [{ systemd: false }, 'sudo service docker start'],
    [{ flavour: 'docker-rootless' }, 'systemctl --user start docker'],
    [{ flavour: 'podman' }, 'sudo systemctl start podman.socket'],
    [{ flavour: 'podman-rootless' }, 'systemctl --user start podman.socket'],
    [{ flavour: 'remote', programs: [] }, 'remedy.checkAddress'],
  ])('and one that nobody answers are started: %j', async (facts, command) => {
    for (const code of ['ENOENT', 'ENOTDIR']) {
      const absent = await ofConnecting(errno(code), facts);
      expect(absent).toMatchObject({ code: 'engine-missing', detail: say('failure.detail.socketMissing', { path }) });
      expect(remedies(absent)).toEqual([command, 'retry']);
    }
    const refused = await ofConnecting(errno('ECONNREFUSED'), facts);
    expect(refused).toMatchObject({
      code: 'engine-stopped',
      detail: say('failure.detail.socketRefused', { path }),
      raw: { source: 'system', code: 'ECONNREFUSED' },
    });
    expect(remedies(refused)).toEqual([command, 'retry']);
  });

  test('is named by its address when it is another machine', async () => {
    const failure = await ofConnecting(errno('ECONNREFUSED'), far);
    expect(failure.detail).toEqual(say('failure.detail.socketRefused', { path: 'tcp://far:2375' }));
    expect(remedies(failure)).toEqual(['remedy.checkAddress', 'retry']);
  });
});

describe('an engine that one has no right to', () => {
  test.each<[string, Facts, string, string[]]>([
    ['asks to join its group', {}, 'docker', ['sudo usermod -aG docker me', 'remedy.newLogin', 'retry']],
    [
      'is safe to paste whatever the names are',
      { group: 'do cker', user: 'a;b' },
      'do cker',
      ["sudo usermod -aG 'do cker' 'a;b'", 'remedy.newLogin', 'retry'],
    ],
    [
      'guesses the usual group where nobody may look',
      { group: undefined },
      'docker',
      ['sudo usermod -aG docker me', 'remedy.newLogin', 'retry'],
    ],
    ['asks members for a new log-in only', { member: true }, 'docker', ['remedy.newLogin', 'retry']],
    ['asks nobody to become root', { group: 'root' }, 'root', ['retry']],
    ['has no group of the kind for Podman', { flavour: 'podman', group: 'root' }, 'root', ['retry']],
  ])('%s', async (_title, facts, group, expected) => {
    for (const code of ['EACCES', 'EPERM']) {
      const failure = await ofConnecting(errno(code), facts);
      expect(failure).toMatchObject({
        code: 'engine-forbidden',
        detail: say(facts.member ? 'failure.detail.socketNewGroup' : 'failure.detail.socketForbidden', {
          ...{ path, user: facts.user ?? 'me', group },
        }),
        raw: { source: 'system', code },
      });
      expect(remedies(failure)).toEqual(expected);
    }
  });

  test.each([401, 403])('by status %i refuses the log-in', async (status) => {
    const failure = await ofConnecting(new DockerError('status', 'authorization denied', { status }));
    expect(failure).toMatchObject({
      code: 'engine-forbidden',
      detail: say('failure.detail.authRefused'),
      raw: { source: 'docker', code: status, text: 'authorization denied' },
    });
    expect(remedies(failure)).toEqual(['retry']);
  });
});

describe('an engine that does not answer as it should', () => {
  test.each<[Facts, string]>([
    [{}, 'sudo systemctl restart docker'],
    [{ systemd: false }, 'sudo service docker restart'],
    [{ flavour: 'podman' }, 'sudo systemctl restart podman.socket'],
    [far, 'remedy.checkAddress'],
  ])('hangs: %j', async (facts, command) => {
    const failure = await ofConnecting(new DockerError('timeout', 'no answer', { waitedMs: 4400 }), facts);
    expect(failure).toMatchObject({ code: 'engine-hung', detail: say('failure.detail.hung', { seconds: 4 }) });
    expect(remedies(failure)).toEqual([command, 'retry']);
  });

  test.each(['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'ENOTSOCK'])(
    'has a wrong address: %s',
    async (code) => {
      const failure = await ofConnecting(errno(code), far);
      expect(failure).toMatchObject({
        code: 'engine-missing',
        detail: say('failure.detail.badAddress', { address: 'tcp://far:2375' }),
      });
      expect(remedies(failure)).toEqual(['remedy.checkAddress', 'retry']);
    },
  );

  test.each<[string, unknown, string, string, string[]]>([
    ['no HTTP', new DockerError('garbage', 'Parse Error'), 'protocol', 'protocol', ['remedy.checkAddress', 'retry']],
    ['on its way down', new DockerError('status', 'busy', { status: 503 }), 'refused', 'engine', ['retry']],
    ['gone in the middle', errno('ECONNRESET'), 'engine-lost', 'lost', ['retry']],
    ['gone without an errno', new DockerError('network', 'socket hang up'), 'engine-lost', 'lost', ['retry']],
    ['closed by us', new DockerError('closed', 'closed'), 'engine-lost', 'lost', ['retry']],
    ['given up by the person', new DockerError('aborted', 'given up'), 'cancelled', 'cancelled', ['retry']],
    ['a fault of ours', new TypeError('x is undefined'), 'internal', 'internal', ['retry']],
    ['thrown by whom', 'a string', 'internal', 'internal', ['retry']],
  ])('is %s', async (_title, error, code, detail, expected) => {
    const failure = await ofConnecting(error);
    expect(failure).toMatchObject({ code, detail: say(`failure.detail.${detail}` as 'failure.detail.lost') });
    expect(remedies(failure)).toEqual(expected);
  });

  test('is told in the words of who said so', async () => {
    expect((await ofConnecting(new DockerError('garbage', 'Parse Error'))).raw).toEqual({
      source: 'posada',
      code: 'garbage',
      text: 'Parse Error',
    });
    expect((await ofConnecting(new DockerError('network', 'socket hang up'))).raw).toEqual({
      source: 'system',
      text: 'socket hang up',
    });
    expect((await ofConnecting('a string')).raw).toEqual({ source: 'posada', text: 'a string' });
  });
});
