/** A DOCKER_HOST address taken apart. */
export type ParsedHost =
  | { readonly kind: 'socket'; readonly scheme: 'unix' | 'npipe'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly shown: string }
  /** `shown` is the address without a password. */
  | { readonly kind: 'bad'; readonly because: 'ssh' | 'malformed'; readonly shown: string };

/** Ports of Docker over TCP without TLS, as the docker command takes them. */
const usualPort = 2375;

/**
 * Takes an address apart as the docker command does: `unix:///path`, `npipe:////./pipe/name`, `tcp://host:port`,
 * `host:port`. `ssh://` is known and not spoken yet.
 */
export function parseHost(host: string): ParsedHost {
  const [, scheme = 'tcp', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/s.exec(host.trim()) ?? [];
  if (scheme === 'unix' || scheme === 'npipe') {
    const path = rest || (scheme === 'unix' ? '/var/run/docker.sock' : '//./pipe/docker_engine');
    if (!path.startsWith('/') || path.includes('\0')) return { kind: 'bad', because: 'malformed', shown: host };
    return { kind: 'socket', scheme, path };
  }
  if (scheme === 'ssh')
    return { kind: 'bad', because: 'ssh', shown: `ssh://${rest.replace(/^([^@/:]*):[^@/]*@/, '$1@')}` };
  let url: URL | undefined;
  if (scheme === 'tcp' || scheme === 'http' || scheme === 'https') {
    try {
      // Not a special scheme for URL: http is, and its host rules are the ones we want.
      url = new URL(`http://${rest}`);
    } catch {
      url = undefined;
    }
  }
  if (!url?.hostname || url.username || url.password) {
    return { kind: 'bad', because: 'malformed', shown: host.replace(/\/\/[^@/]*@/, '//') };
  }
  // URL drops port 80 as http's own.
  const port = Number(url.port || (/:80(?:\/|$)/.test(rest) ? 80 : usualPort));
  return { kind: 'tcp', host: url.hostname.replace(/^\[|\]$/g, ''), port, shown: `${url.hostname}:${port}` };
}
