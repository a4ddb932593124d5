import { access } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { EngineId } from '../../../shared/ids.ts';
import type { EngineInfo } from '../engine.ts';

/** One libvirt connection that this machine may have. */
export interface LibvirtEndpoint {
  readonly info: EngineInfo;
  readonly uri: string;
  /** Instead of the sockets that the URI stands for. */
  readonly socketPath?: string;
}

export interface EndpointSurroundings {
  readonly uid: number;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  exists(file: string): Promise<boolean>;
}

const here: EndpointSurroundings = {
  uid: os.userInfo().uid,
  home: os.homedir(),
  env: process.env,
  exists: (file) =>
    access(file).then(
      () => true,
      () => false,
    ),
};

/**
 * The libvirt connections to show: the system's always, so that a missing libvirt is explained; the user's own session
 * and the container driver once they answer. `POSADA_LIBVIRT_URIS` (a comma list) replaces them, `POSADA_LIBVIRT_SOCKET`
 * is the socket to use for each.
 */
export async function findLibvirtEndpoints(around: EndpointSurroundings = here): Promise<LibvirtEndpoint[]> {
  const socketPath = around.env.POSADA_LIBVIRT_SOCKET;
  const asked = around.env.POSADA_LIBVIRT_URIS;
  if (asked !== undefined) {
    const uris = asked.split(',').map((uri) => uri.trim());
    return [...new Set(uris)].filter(Boolean).map((uri) => makeEndpoint(uri, false, socketPath));
  }
  const found = [makeEndpoint('qemu:///system', false, socketPath)];
  if (around.uid !== 0 && (await hasSession(around))) found.push(makeEndpoint('qemu:///session', true));
  found.push(makeEndpoint('lxc:///system', true, socketPath));
  return found;
}

/** A session daemon starts when somebody connects; it is worth showing where it runs or has domains. */
async function hasSession({ home, env, exists }: EndpointSurroundings): Promise<boolean> {
  const runtime = env.XDG_RUNTIME_DIR;
  const folders = [...(runtime ? [path.join(runtime, 'libvirt')] : []), path.join(home, '.cache/libvirt')];
  const sockets = folders.flatMap((folder) =>
    ['virtqemud-sock', 'libvirt-sock'].map((name) => path.join(folder, name)),
  );
  return (await Promise.all(sockets.map(exists))).includes(true);
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
