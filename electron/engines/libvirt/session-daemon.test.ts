import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type SessionSurroundings, startSession } from './session-daemon.ts';

const domain = '/home/me/.config/libvirt/qemu/web.xml';
const env = { XDG_RUNTIME_DIR: '/run/user/1000', PATH: '/opt/bin:/usr/bin' };
const start = vi.fn<(program: string) => void>();
const signal = new AbortController().signal;
let answering: string | undefined;

beforeEach(() => {
  start.mockReset();
  answering = undefined;
});

/** A machine with these files, where a daemon that is started answers at its socket. */
function around(files: readonly string[], more: Partial<SessionSurroundings> = {}): SessionSurroundings {
  start.mockImplementation(() => {
    answering = '/run/user/1000/libvirt/libvirt-sock';
  });
  return {
    ...{ uid: 1000, home: '/home/me', env },
    namesIn: async (folder) =>
      files.flatMap((file) => (file.startsWith(`${folder}/`) ? [file.slice(folder.length + 1)] : [])),
    isProgram: async (file) => files.includes(file),
    start,
    answers: async (socket) => socket === answering,
    ...more,
  };
}

describe('the daemon of the own session', () => {
  test.each([
    [['/usr/sbin/libvirtd'], '/usr/sbin/libvirtd'],
    [['/opt/bin/libvirtd', '/usr/sbin/libvirtd'], '/opt/bin/libvirtd'],
    [['/opt/bin/libvirtd', '/usr/sbin/virtqemud'], '/usr/sbin/virtqemud'],
  ])('is started where it has domains: of %s it is %s', async (programs, started) => {
    expect(await startSession(signal, around([domain, ...programs]))).toBe(true);
    expect(start.mock.calls).toEqual([[started]]);
  });

  test.each([
    ['/home/me/.config/libvirt/qemu/web.xml', {}],
    ['/home/me/.config/libvirt/qemu/web.xml', { XDG_CONFIG_HOME: '' }],
    ['/home/me/dotfiles/libvirt/qemu/web.xml', { XDG_CONFIG_HOME: '/home/me/dotfiles' }],
  ])('has its domains in %s', async (file, config) => {
    const files = [file, '/usr/sbin/libvirtd'];
    expect(await startSession(signal, around(files, { env: { ...env, ...config } }))).toBe(true);
    const elsewhere = around(files, { env: { ...env, XDG_CONFIG_HOME: '/elsewhere' } });
    expect(await startSession(signal, elsewhere)).toBe(false);
  });

  test.each<[string, readonly string[], Partial<SessionSurroundings>]>([
    ['where it has no domains', ['/home/me/.config/libvirt/qemu/networks', '/usr/sbin/libvirtd'], {}],
    ['for root, whose daemon is that of the system', [domain, '/usr/sbin/libvirtd'], { uid: 0 }],
    ['where none is installed', [domain], {}],
  ])('is not started %s', async (_where, files, more) => {
    expect(await startSession(signal, around(files, more))).toBe(false);
    expect(start).not.toHaveBeenCalled();
  });

  test('is waited for, but not for ever, and not when nobody wants it any more', async () => {
    vi.useFakeTimers();
    try {
      const surroundings = around([domain, '/usr/sbin/libvirtd'], { answers: async () => false });
      const started = vi.fn();
      void startSession(signal, surroundings).then(started);
      await vi.advanceTimersByTimeAsync(9000);
      expect(started).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1100);
      expect(started).toHaveBeenCalledWith(false);
      const closing = new AbortController();
      const given = startSession(closing.signal, surroundings);
      await vi.advanceTimersByTimeAsync(100);
      closing.abort();
      await vi.advanceTimersByTimeAsync(100);
      expect(await given).toBe(false);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
