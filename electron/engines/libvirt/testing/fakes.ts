import { quietRun } from '../../../journal/testing/quiet-run.ts';
import { LibvirtError, type LibvirtHost, type RpcConnection, type remote_nonnull_domain } from '../client/index.ts';

/** What a fake connection answers to a call; an Error that is thrown or returned in a promise is the daemon's. */
export type FakeAnswer = (name: string, args: unknown) => unknown;

/** A connection without a daemon: it keeps what was called and answers what the test says. */
export function fakeConnection(answer: FakeAnswer = () => undefined) {
  const calls: { name: string; args: unknown }[] = [];
  const call = async (name: string, args?: unknown): Promise<unknown> => {
    calls.push({ name, args });
    return answer(name, args);
  };
  return { calls, connection: { call } as unknown as RpcConnection };
}

/** The daemon's error with this number; `int1` is an errno where there is one, `domain` the part that says so. */
export function libvirtError(code: number, message = `error ${code}`, int1 = 0, domain = 10): LibvirtError {
  return new LibvirtError({
    ...{ code, message, int1, int2: 0, domain, level: 2 },
    ...{ dom: null, net: null, str1: null, str2: null, str3: null },
  });
}

export function fakeDomain(id: number, name = `posada-test-${id}`): remote_nonnull_domain {
  return { name, uuid: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`, id };
}

/** A host whose connections all answer the same; `released` counts the spare ones that came back. */
export function fakeHost(answer: FakeAnswer = () => undefined, spares = true) {
  const { calls, connection } = fakeConnection(answer);
  let [lent, released] = [0, 0];
  const host = {
    actions: connection,
    spare: async () => {
      if (!spares) throw libvirtError(38);
      lent += 1;
      return connection;
    },
    release: () => {
      released += 1;
    },
  } as unknown as LibvirtHost;
  return { calls, host, out: () => lent - Math.min(lent, released) };
}

/** The run of an action, and what it was told. */
export function fakeRun(signal = new AbortController().signal) {
  const heard: (number | boolean)[] = [];
  const run = quietRun({
    signal,
    progress: (part) => heard.push(part),
    cancellable: (can) => heard.push(can),
  });
  return { run, heard };
}
