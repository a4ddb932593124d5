import { describe, expect, test } from 'vitest';
import { type Failure, failure as failureSchema } from '../../../shared/failure.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import type { Machine } from '../machine.ts';
import { ConnectError, ConnectionLostError, UnsupportedAuthError } from './client/index.ts';
import { makeEndpoint } from './endpoint.ts';
import { connectFailure, libvirtFailure, lostFailure } from './libvirt-failures.ts';
import { libvirtError } from './testing/fakes.ts';

const system = makeEndpoint('qemu:///system');
const attempt = { title: say('failure.title.guest', { name: 'web' }), guest: 'libvirt:x/1' as GuestId };

/** Remedies in short: the command to copy, the sentence to read, or `retry`. */
function remedies({ remedies: all }: Failure): string[] {
  return all.map((each) => (each.do === 'run' ? each.command : each.do === 'read' ? each.text.key : 'retry'));
}

function ofGuest(code: number, message?: string, int1?: number): Failure {
  const failure = libvirtFailure(libvirtError(code, message, int1), system, attempt);
  expect(failureSchema.safeParse(failure).error).toBeUndefined();
  return failure;
}

interface MachineFacts {
  readonly programs?: readonly string[];
  readonly systemd?: boolean;
  readonly member?: boolean;
  readonly user?: string;
}

async function ofConnecting(error: unknown, facts: MachineFacts = {}, endpoint = system): Promise<Failure> {
  const { programs = ['libvirtd'], systemd = true, member = false, user = 'me' } = facts;
  const machine: Machine = {
    user,
    groupOf: async () => undefined,
    isMember: async (who, group) => member && who === user && group === 'libvirt',
    hasProgram: async (name) => programs.includes(name),
    hasSystemd: async () => systemd,
  };
  const failure = await connectFailure(error, endpoint, machine);
  expect(failureSchema.safeParse(failure).error).toBeUndefined();
  expect(failure.title).toEqual(say('failure.title.connect', { engine: endpoint.uri }));
  return failure;
}

function tried(...codes: [name: string, code: string][]): ConnectError {
  return new ConnectError(codes.map(([name, code]) => ({ path: `/run/libvirt/${name}`, code })));
}

describe('an error about a guest', () => {
  test.each([
    [42, 'guest-gone', 'guestGone', []],
    [55, 'wrong-state', 'wrongState', []],
    [68, 'guest-busy', 'guestBusy', ['retry']],
    [87, 'guest-busy', 'guestBusy', ['retry']],
    [78, 'refused', 'cancelled', ['retry']],
    [29, 'read-only', 'readOnly', []],
    [3, 'not-supported', 'notSupported', []],
    [67, 'not-supported', 'notSupported', []],
    [2, 'no-resources', 'noMemory', []],
    [27, 'guest-broken', 'badDefinition', []],
    [45, 'engine-forbidden', 'authRefused', ['retry']],
    [79, 'engine-forbidden', 'authCancelled', ['retry']],
    [94, 'engine-forbidden', 'authNoAgent', ['retry']],
    [1, 'refused', 'engine', ['retry']],
    [38, 'refused', 'engine', ['retry']],
    [9999, 'refused', 'engine', ['retry']],
  ])('with number %i is %s', (number, code, detail, expected) => {
    const failure = ofGuest(number);
    expect(failure).toMatchObject({ code, detail: { key: `failure.detail.${detail}` } });
    expect(remedies(failure)).toEqual(expected);
  });

  test('says what was tried, where, and what libvirt said', () => {
    expect(ofGuest(55, 'domain is already running')).toMatchObject({
      ...attempt,
      engine: 'libvirt:qemu:///system',
      raw: { source: 'libvirt', code: 55, text: 'domain is already running' },
    });
    expect(libvirtFailure(libvirtError(55), system, { title: attempt.title })).not.toHaveProperty('guest');
  });

  test('of a full disk is told by its errno', () => {
    const failure = ofGuest(38, 'Unable to write /var/lib/x', 28);
    expect(failure).toMatchObject({ code: 'no-resources', detail: { key: 'failure.detail.noSpace' } });
    expect(remedies(failure)).toEqual(['remedy.freeSpace', 'retry']);
  });

  test.each([
    ["Cannot access storage file '/images/a b.img' (as uid:64055, gid:64055): No such file or directory", 0],
    ["Kann auf '/images/a b.img' nicht zugreifen", 2],
    ["Block node 'disk0': could not open '/images/a b.img': No such file or directory", 0],
    // As libvirt's own translations quote: Czech, Russian, Swedish.
    ['Nedaří se přistupovat k souboru úložiště „/images/a b.img“ (jako uid:64055, gid:64055): Není', 2],
    ['Не удалось открыть файл «/images/a b.img»: Нет такого файла или каталога', 2],
    ['Kan inte komma åt lagringsfilen ”/images/a b.img”: Filen eller katalogen finns inte', 2],
  ])('of a missing disk names it: %s', (message, int1) => {
    const failure = ofGuest(38, message, int1);
    expect(failure).toMatchObject({
      code: 'guest-broken',
      detail: say('failure.detail.diskMissing', { path: '/images/a b.img' }),
    });
    expect(remedies(failure)).toEqual([expect.stringMatching(/^virsh -c qemu:\/\/\/system edit /)]);
  });

  test('of a missing disk that was asked for names it, whatever the text says', () => {
    const asked = { ...attempt, disk: '/images/a b.img' };
    const failure = libvirtFailure(libvirtError(38, 'Tiedostoa ei ole', 2), system, asked);
    expect(failure).toMatchObject({
      code: 'guest-broken',
      detail: say('failure.detail.diskMissing', { path: '/images/a b.img' }),
    });
    // Without the right to look it is not missing.
    expect(libvirtFailure(libvirtError(38, 'Pääsy kielletty', 13), system, asked).code).toBe('refused');
  });

  test('with a 2 that is no errno is no missing file', () => {
    expect(ofGuest(8, "invalid argument in '/x'", 2)).toMatchObject({ code: 'refused' });
  });

  test('of a helper daemon that is not there is not called a missing disk', () => {
    const text = "Failed to connect socket to '/var/run/libvirt/virtnetworkd-sock': No such file or directory";
    expect(ofGuest(38, text, 2)).toMatchObject({ code: 'refused', detail: { key: 'failure.detail.engine' } });
  });

  test('of a network that is off names the command that starts it, safe to paste', () => {
    const failure = ofGuest(55, "Requested operation is not valid: network 'my net' is not active");
    expect(failure.detail).toEqual(say('failure.detail.networkInactive', { network: 'my net' }));
    expect(remedies(failure)).toEqual(["virsh -c qemu:///system net-start 'my net'", 'retry']);
  });

  test.each(['сеть «default» не активна', "ネットワーク 'default' がアクティブではありません"])(
    'of a network that is off is told by its numbers: %s',
    (text) => {
      const failure = libvirtFailure(libvirtError(55, text, -1, 19), system, attempt);
      expect(failure.detail).toEqual(say('failure.detail.networkInactive', { network: 'default' }));
      // Another part of libvirt says that number of the domain itself.
      expect(ofGuest(55, text).code).toBe('wrong-state');
    },
  );

  test.each([
    'internal error: process exited while connecting to monitor: Cannot allocate memory',
    "internal error: qemu-system-x86_64: cannot set up guest memory 'pc.ram': Cannot allocate memory",
  ])('of no memory is told by its text: %s', (text) => {
    expect(ofGuest(1, text)).toMatchObject({ code: 'no-resources', detail: { key: 'failure.detail.noMemory' } });
  });

  test('that is ours is called so', () => {
    const failure = libvirtFailure(new TypeError('x is undefined'), system, attempt);
    expect(failure).toMatchObject({ code: 'internal', raw: { source: 'posada', text: 'x is undefined' } });
    expect(remedies(failure)).toEqual(['retry']);
  });
});

describe('a connection that is lost', () => {
  test.each([
    ['ended', 'engine-lost', 'lost'],
    ['socket', 'engine-lost', 'lost'],
    ['closed', 'engine-lost', 'lost'],
    ['protocol', 'protocol', 'protocol'],
  ] as const)('by reason %s is %s', (reason, code, detail) => {
    const error = new ConnectionLostError(reason, 'gone');
    const expected = { code, detail: { key: `failure.detail.${detail}` }, raw: { source: 'posada', text: 'gone' } };
    expect(lostFailure(error, system)).toMatchObject({
      ...expected,
      title: say('failure.title.connect', { engine: 'qemu:///system' }),
      remedies: [{ do: 'retry' }],
    });
    expect(libvirtFailure(error, system, attempt)).toMatchObject({ ...expected, ...attempt });
  });

  test('because the daemon stood still says for how long', () => {
    const error = new ConnectionLostError('keepalive', 'no sign of life for 30 seconds', undefined, 30);
    const failure = lostFailure(error, system);
    expect(failure).toMatchObject({
      code: 'engine-lost',
      detail: say('failure.detail.keepalive', { seconds: 30 }),
      raw: { text: 'no sign of life for 30 seconds' },
    });
    expect(failureSchema.safeParse(failure).error).toBeUndefined();
    expect(remedies(failure)).toEqual(['remedy.waitOrRestartDaemon', 'retry']);
  });
});

describe('a daemon that cannot be reached', () => {
  const missing = tried(['virtqemud-sock', 'ENOENT'], ['libvirt-sock', 'ENOENT']);

  test('is installed when it is not there at all', async () => {
    const failure = await ofConnecting(missing, { programs: [] });
    expect(failure).toMatchObject({
      code: 'engine-missing',
      detail: say('failure.detail.notInstalled', { program: 'libvirtd' }),
      raw: { source: 'system', code: 'ENOENT' },
    });
    expect(remedies(failure)).toEqual(['sudo apt-get install -y libvirt-daemon-system qemu-system-x86', 'retry']);
  });

  test.each<[string, MachineFacts, string]>([
    ['systemd', {}, 'sudo systemctl start libvirtd'],
    ['no systemd', { systemd: false }, 'sudo sh -c "virtlogd -d; libvirtd -d"'],
    ['modular daemons only', { programs: ['virtqemud'] }, 'sudo systemctl start virtqemud'],
    ['both', { programs: ['virtqemud', 'libvirtd'] }, 'sudo systemctl start libvirtd'],
  ])('is started when it is installed (%s)', async (_title, facts, command) => {
    const absent = await ofConnecting(missing, facts);
    expect(absent).toMatchObject({
      code: 'engine-missing',
      detail: say('failure.detail.socketMissing', { path: '/run/libvirt/libvirt-sock' }),
    });
    const stopped = await ofConnecting(tried(['virtqemud-sock', 'ECONNREFUSED'], ['libvirt-sock', 'ENOENT']), facts);
    expect(stopped).toMatchObject({
      code: 'engine-stopped',
      detail: say('failure.detail.socketRefused', { path: '/run/libvirt/virtqemud-sock' }),
      // The errno of the socket that decided, not that of the last one.
      raw: { source: 'system', code: 'ECONNREFUSED' },
    });
    for (const failure of [absent, stopped]) expect(remedies(failure)).toEqual([command, 'retry']);
  });

  test("of one's own session is started by virsh and not by root", async () => {
    const failure = await ofConnecting(missing, {}, makeEndpoint('qemu:///session', true));
    expect(remedies(failure)).toEqual(['virsh -c qemu:///session uri', 'retry']);
  });

  test.each(['EACCES', 'EPERM'])('with %s asks to join the group and to log in again', async (code) => {
    const error = tried(['virtqemud-sock', code], ['libvirt-sock', 'ENOENT']);
    const failure = await ofConnecting(error);
    expect(failure).toMatchObject({
      code: 'engine-forbidden',
      detail: say('failure.detail.socketForbidden', {
        path: '/run/libvirt/virtqemud-sock',
        user: 'me',
        group: 'libvirt',
      }),
      raw: { code },
    });
    expect(remedies(failure)).toEqual(['sudo usermod -aG libvirt me', 'remedy.newLogin', 'retry']);
    expect(remedies(await ofConnecting(error, { user: 'a b' }))[0]).toBe("sudo usermod -aG libvirt 'a b'");
  });

  test('asks members of the group for a new log-in only', async () => {
    const failure = await ofConnecting(tried(['libvirt-sock', 'EACCES']), { member: true });
    expect(remedies(failure)).toEqual(['remedy.newLogin', 'retry']);
  });

  test('that polkit guards asks for the group, and for an agent where there is none', async () => {
    const join = ['sudo usermod -aG libvirt me', 'remedy.newLogin'];
    const refused = await ofConnecting(libvirtError(45));
    expect(refused).toMatchObject({ code: 'engine-forbidden', detail: { key: 'failure.detail.authRefused' } });
    expect(remedies(refused)).toEqual([...join, 'retry']);
    const alone = await ofConnecting(libvirtError(94));
    expect(alone.detail?.key).toBe('failure.detail.authNoAgent');
    expect(remedies(alone)).toEqual([...join, 'remedy.runPolkitAgent', 'retry']);
    const cancelled = await ofConnecting(libvirtError(79));
    expect(cancelled).toMatchObject({ code: 'engine-forbidden', detail: { key: 'failure.detail.authCancelled' } });
    expect(remedies(cancelled)).toEqual(['retry']);
  });

  test.each(['lxc:///system', 'lxc+unix:///system'])('without the driver of %s names its package', async (uri) => {
    const failure = await ofConnecting(libvirtError(5), {}, makeEndpoint(uri));
    expect(failure).toMatchObject({
      code: 'engine-unsupported',
      detail: say('failure.detail.noDriver', { driver: 'lxc' }),
    });
    expect(remedies(failure)).toEqual(['sudo apt-get install -y libvirt-daemon-driver-lxc', 'retry']);
  });

  test('says which log-in it wants when that is not known', async () => {
    expect(await ofConnecting(new UnsupportedAuthError([1, 7]))).toMatchObject({
      code: 'engine-unsupported',
      detail: say('failure.detail.authUnsupported', { mechanism: '1, 7' }),
    });
  });

  test('has an address to be looked at when that is none', async () => {
    const failure = await ofConnecting(new RangeError('not a libvirt URI'), {}, makeEndpoint('qemu:/x'));
    expect(failure).toMatchObject({
      code: 'bad-input',
      detail: say('failure.detail.badAddress', { address: 'qemu:/x' }),
    });
    expect(remedies(failure)).toEqual(['remedy.checkAddress', 'retry']);
  });

  test('may be lost while it is opened', async () => {
    expect(await ofConnecting(new ConnectionLostError('ended', 'gone'))).toMatchObject({ code: 'engine-lost' });
  });
});
