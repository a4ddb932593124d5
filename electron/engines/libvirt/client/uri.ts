import path from 'node:path';

/** What a connection URI says of where its daemon is. */
export interface SocketChoice {
  /** Candidate sockets, the likeliest first. */
  readonly paths: readonly string[];
  /** The name to send in CONNECT_OPEN: the URI without transport, host and client-side parameters. */
  readonly name: string;
}

export interface SocketEnvironment {
  readonly runtimeDirectory: string | undefined;
  readonly home: string;
  /** Where the system's sockets are; /run/libvirt unless told otherwise. */
  readonly systemDirectory?: string;
}

/** Drivers with a modular daemon of their own, and its socket's stem (libvirt "daemons" documentation). */
const modular: Readonly<Record<string, string>> = {
  qemu: 'virtqemud',
  lxc: 'virtlxcd',
  xen: 'virtxend',
  vbox: 'virtvboxd',
  vz: 'virtvzd',
  bhyve: 'virtbhyved',
  ch: 'virtchd',
};

/**
 * The sockets at which a URI may be answered: the driver's own daemon first, then the monolithic one.
 * @param uri for example qemu:///system, qemu:///session, test:///default, lxc:///, or '' for what the daemon probes
 * @param readOnly chooses the sockets that allow nothing but looking
 * @throws RangeError for a URI that names a transport or a host: those need a transport of the caller's
 */
export function socketsFor(uri: string, environment: SocketEnvironment, readOnly = false): SocketChoice {
  const match = /^(?:([a-z]+)(?:\+([a-z0-9]+))?:\/\/([^/?]*)(\/[^?]*)?(?:\?(.*))?)?$/.exec(uri);
  if (!match) throw new RangeError(`not a libvirt URI: ${uri}`);
  const [, driver = '', transport, host, where = '', query] = match;
  if ((transport && transport !== 'unix') || host) throw new RangeError(`not on this machine: ${uri}`);
  const name = driver ? `${driver}://${where}` : '';
  // As libvirt reads it: a plus is a plus, not a space.
  const socket = new URLSearchParams(query?.replaceAll('+', '%2B')).get('socket');
  if (socket) return { paths: [socket], name };

  const session = where === '/session';
  const folders = session ? sessionFolders(environment) : [environment.systemDirectory ?? '/run/libvirt'];
  const stem = Object.hasOwn(modular, driver) ? modular[driver] : undefined;
  const suffix = readOnly && !session ? '-sock-ro' : '-sock';
  const files = [...(stem ? [`${stem}${suffix}`] : []), `libvirt${suffix}`];
  return { paths: folders.flatMap((folder) => files.map((file) => path.join(folder, file))), name };
}

/** XDG_RUNTIME_DIR first; without one libvirt keeps its session sockets in ~/.cache. */
function sessionFolders({ runtimeDirectory, home }: SocketEnvironment): string[] {
  return [...(runtimeDirectory ? [path.join(runtimeDirectory, 'libvirt')] : []), path.join(home, '.cache/libvirt')];
}
