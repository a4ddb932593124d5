import os from 'node:os';
import type { EngineId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import type { EngineInfo } from '../engine.ts';
import { FailureError } from '../failure-error.ts';

/** One libvirt connection that this machine may have. */
export interface LibvirtEndpoint {
  readonly info: EngineInfo;
  readonly uri: string;
  /** Instead of the sockets that the URI stands for. */
  readonly socketPath?: string;
}

export interface EndpointSurroundings {
  readonly uid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The libvirt connections to show: the system's always, so that a missing libvirt is explained; the user's own session
 * and the container driver once they answer, whenever that is. Root has no session: its daemon is the system's.
 * `POSADA_LIBVIRT_URIS` (a comma list) replaces them, `POSADA_LIBVIRT_SOCKET` is the socket to use for each.
 */
export function findLibvirtEndpoints(
  { uid, env }: EndpointSurroundings = { uid: os.userInfo().uid, env: process.env },
): LibvirtEndpoint[] {
  const socketPath = env.POSADA_LIBVIRT_SOCKET;
  const asked = env.POSADA_LIBVIRT_URIS;
  if (asked !== undefined) {
    const uris = asked.split(',').map((uri) => uri.trim());
    return [...new Set(uris)].filter(Boolean).map((uri) => makeEndpoint(uri, false, socketPath));
  }
  return [
    makeEndpoint('qemu:///system', false, socketPath),
    ...(uid === 0 ? [] : [makeEndpoint('qemu:///session', true)]),
    makeEndpoint('lxc:///system', true, socketPath),
  ];
}

/**
 * The endpoint of a URI that the person has typed.
 * @throws FailureError when it is no URI, or one of another machine
 */
export function addedEndpoint(address: string): LibvirtEndpoint {
  const uri = address.trim();
  // What socketsFor() understands: a driver of this machine's daemons, over a socket.
  const parts = /^[a-z]+(?:\+([a-z0-9]+))?:\/\/([^/?\s]*)\/[^\s]*$/.exec(uri);
  if (parts && !parts[2] && (parts[1] === undefined || parts[1] === 'unix')) return makeEndpoint(uri);
  throw new FailureError({
    code: parts ? 'not-supported' : 'bad-input',
    title: say('failure.title.addConnection', { address: uri }),
    detail: parts
      ? say('failure.detail.otherMachine', { address: uri })
      : say('failure.detail.badAddress', { address: uri }),
    remedies: [{ do: 'read', text: say('remedy.libvirtExamples') }],
  });
}

export function makeEndpoint(uri: string, optional = false, socketPath?: string): LibvirtEndpoint {
  const id = (socketPath ? `libvirt:${uri}@${socketPath}` : `libvirt:${uri}`) as EngineId;
  const info: EngineInfo = {
    id,
    kind: 'libvirt',
    name: uri,
    address: socketPath ? `${uri}, ${socketPath}` : uri,
    ...(optional && { optional }),
  };
  return { info, uri, ...(socketPath && { socketPath }) };
}

/** The URI by which virsh on this machine reaches the same daemon. */
export function virshUri({ uri, socketPath }: LibvirtEndpoint): string {
  // virsh would run a test driver inside itself, where none of our domains are.
  const isTest = /^test:\/\/\//.test(uri);
  const socket = socketPath ?? (isTest ? '/run/libvirt/libvirt-sock' : undefined);
  if (!socket) return uri;
  const [base = '', ...query] = uri.split('?');
  const words = [...query, `socket=${encodeURIComponent(socket).replaceAll('%2F', '/')}`].join('&');
  return `${base.replace(/^(\w+):/, '$1+unix:')}?${words}`;
}
