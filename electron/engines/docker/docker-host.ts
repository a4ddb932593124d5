/** A DOCKER_HOST address taken apart. */
export type ParsedHost =
  | { readonly kind: 'socket'; readonly scheme: 'unix' | 'npipe'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly shown: string }
  /** `shown` is the address without a password. */
  | { readonly kind: 'bad'; readonly because: 'ssh' | 'malformed'; readonly shown: string };

/** Ports of Docker over TCP where the address names none, as they are registered. */
const usualPorts = { plain: 2375, tls: 2376 };

/**
 * Takes an address apart as the docker command does: `unix:///path`, `npipe:////./pipe/name`, `tcp://host:port`,
 * `host:port`. `ssh://` is known and not spoken yet.
 * @param tls whether it will be spoken to with TLS
 */
export function parseHost(address: string, tls = false): ParsedHost {
  const text = address.trim();
  const [, scheme = 'tcp', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text) ?? [];
  if (scheme === 'unix' || scheme === 'npipe') {
    const path = rest || (scheme === 'unix' ? '/var/run/docker.sock' : '//./pipe/docker_engine');
    if (!path.startsWith('/') || path.includes('\0')) return bad('malformed', text);
    return { kind: 'socket', scheme, path };
  }
  if (scheme === 'ssh') return bad('ssh', text);
  if (scheme !== 'tcp' && scheme !== 'http' && scheme !== 'https') return bad('malformed', text);
  let url: URL;
  try {
    // tcp is no special scheme for URL: http is, and its host rules are the ones we want.
    url = new URL(`http://${rest}`);
  } catch {
    return bad('malformed', text);
  }
  if (!url.hostname || rest.includes('@')) return bad('malformed', text);
  // URL drops port 80 as http's own.
  const port = Number(url.port || (/:80(?:\/|$)/.test(rest) ? 80 : usualPorts[tls ? 'tls' : 'plain']));
  return { kind: 'tcp', host: url.hostname.replace(/^\[|\]$/g, ''), port, shown: `${url.hostname}:${port}` };
}

function bad(because: 'ssh' | 'malformed', address: string): ParsedHost {
  return { kind: 'bad', because, shown: withoutPassword(address) };
}

/**
 * An address as it may be shown and logged: of `user:password@` only the user stays. What is malformed follows no rule,
 * so that everything before the last `@` counts, with a scheme or without.
 */
function withoutPassword(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0) return address;
  const [, scheme = '', user = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?([^:@]*)/i.exec(address) ?? [];
  return `${scheme}${user && `${user}@`}${address.slice(at + 1)}`;
}
