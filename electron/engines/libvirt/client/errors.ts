import type { remote_error } from './generated/protocol-types.gen.ts';

/** The daemon answered a call or ended a stream with an error. Numbers are those of virterror.h. */
export class LibvirtError extends Error {
  /** VIR_ERR_…: what went wrong. */
  readonly code: number;
  /** VIR_FROM_…: which part of libvirt says so. */
  readonly domain: number;
  /** VIR_ERR_WARNING (1) or VIR_ERR_ERROR (2). */
  readonly level: number;
  /** str1 is mostly the format of the text, str2 and str3 its arguments: steadier to match than the text. */
  readonly str1: string | null;
  readonly str2: string | null;
  readonly str3: string | null;
  readonly int1: number;
  readonly int2: number;

  constructor(error: remote_error) {
    super(error.message ?? `libvirt error ${error.code}`);
    this.name = 'LibvirtError';
    this.code = error.code;
    this.domain = error.domain;
    this.level = error.level;
    this.str1 = error.str1;
    this.str2 = error.str2;
    this.str3 = error.str3;
    this.int1 = error.int1;
    this.int2 = error.int2;
  }
}

/** Bytes that make no sense: the connection that carried them is over. */
export class ProtocolError extends Error {
  override name = 'ProtocolError';
}

/** The connection is gone; calls that waited for an answer may or may not have been carried out. */
export class ConnectionLostError extends Error {
  override name = 'ConnectionLostError';
  readonly reason: 'closed' | 'ended' | 'socket' | 'protocol' | 'keepalive';
  /** For how long the daemon gave no sign of life, or no answer to the handshake, for reason `keepalive`. */
  readonly silentSeconds: number | undefined;

  constructor(reason: ConnectionLostError['reason'], message: string, cause?: unknown, silentSeconds?: number) {
    super(message, { cause });
    this.reason = reason;
    this.silentSeconds = silentSeconds;
  }
}

/** No socket could be connected: what was tried, in order, with the errno of each. */
export class ConnectError extends Error {
  override name = 'ConnectError';
  readonly tried: readonly { path: string; code: string }[];

  constructor(tried: readonly { path: string; code: string }[]) {
    super(`no libvirt socket answers: ${tried.map(({ path, code }) => `${path} (${code})`).join(', ')}`);
    this.tried = tried;
  }
}

/** The daemon wants a way of authentication that this client does not have. */
export class UnsupportedAuthError extends Error {
  override name = 'UnsupportedAuthError';
  /** REMOTE_AUTH_… numbers that the daemon offers. */
  readonly offered: readonly number[];

  constructor(offered: readonly number[]) {
    super(`the daemon asks for authentication of type ${offered.join(', ')}, which is not supported`);
    this.offered = offered;
  }
}
