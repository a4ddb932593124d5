import { describe, expect, test, vi } from 'vitest';
import type { LibvirtHost } from './client/index.ts';
import { saveDomain } from './domain-save.ts';
import { fakeConnection, fakeDomain, fakeHost, fakeRun, libvirtError } from './testing/fakes.ts';

const dom = fakeDomain(1);

describe('saving to disk', () => {
  /** A daemon that saves until it is told to end, with the given error or none. */
  function saving(jobs: readonly object[]) {
    let end: (error?: Error) => void = () => undefined;
    const saved = new Promise<void>((resolve, reject) => {
      end = (error) => (error ? reject(error) : resolve());
    });
    const told = [...jobs];
    const fake = fakeHost((name) => {
      if (name === 'DOMAIN_MANAGED_SAVE') return saved;
      if (name === 'DOMAIN_GET_JOB_INFO') return told.length > 1 ? told.shift() : told[0];
      if (name === 'DOMAIN_ABORT_JOB') end(libvirtError(78));
      return undefined;
    });
    return { ...fake, end };
  }
  const none = { type: 0, dataTotal: 0, dataRemaining: 0 };
  const half = { type: 2, dataTotal: 2n ** 60n, dataRemaining: 2n ** 59n };

  test('tells how far it is, and can be cancelled from when it has begun', async () => {
    const { host, end, out } = saving([none, half]);
    const { run, heard } = fakeRun();
    const done = saveDomain(host, dom, run);
    await vi.waitFor(() => expect(heard.slice(0, 2)).toEqual([true, 0.5]));
    end();
    await done;
    expect(out()).toBe(0);
  });

  test('fills no connection that others act over', async () => {
    const { host, end, calls, out } = saving([none, half]);
    const usual = fakeConnection();
    const done = saveDomain({ ...host, actions: usual.connection } as unknown as LibvirtHost, dom, fakeRun().run);
    await vi.waitFor(() => expect(calls.map(({ name }) => name)).toContain('DOMAIN_MANAGED_SAVE'));
    end();
    await done;
    expect(usual.calls).toEqual([]);
    expect(out()).toBe(0);
  });

  test('that is cancelled is aborted in the daemon, even when that comes before it has begun', async () => {
    const abort = new AbortController();
    const { calls, host } = saving([none, none, half]);
    const { run } = fakeRun(abort.signal);
    const done = saveDomain(host, dom, run);
    abort.abort();
    await expect(done).rejects.toMatchObject({ code: 'cancelled', detail: { key: 'failure.detail.cancelled' } });
    expect(calls.filter(({ name }) => name === 'DOMAIN_ABORT_JOB')).toEqual([
      { name: 'DOMAIN_ABORT_JOB', args: { dom } },
    ]);
  });

  test('that somebody else aborts has failed', async () => {
    const { host, end } = saving([half]);
    const done = saveDomain(host, dom, fakeRun().run);
    const error = libvirtError(78);
    end(error);
    await expect(done).rejects.toBe(error);
  });

  test('works where the driver tells of no jobs: it is then not to be cancelled', async () => {
    const { host } = fakeHost((name) => {
      if (name === 'DOMAIN_GET_JOB_INFO') throw libvirtError(3);
      return undefined;
    });
    const { run, heard } = fakeRun();
    await saveDomain(host, dom, run);
    expect(heard).toEqual([]);
  });
});
