import type { RpcConnection } from './connection.ts';
import { authType, errorCode } from './constants.ts';
import { LibvirtError, UnsupportedAuthError } from './errors.ts';
import { answerWithin, handshakeMs } from './handshake.ts';

/** Does what one way of authentication needs; rejects when it is refused. */
export type Authenticator = (connection: RpcConnection) => Promise<void>;

/** Ways by their REMOTE_AUTH_… number. A SASL authenticator (1) may be passed in; there is none here yet. */
export type Authenticators = Readonly<Record<number, Authenticator>>;

/** polkit decides about our process; the call stays open while the person types a password into an agent. */
async function polkit(connection: RpcConnection): Promise<void> {
  const { complete } = await connection.call('AUTH_POLKIT');
  if (complete !== 1) {
    throw new LibvirtError({
      code: errorCode.authFailed,
      domain: 0,
      message: 'polkit did not complete the authentication',
      level: 2,
      dom: null,
      str1: null,
      str2: null,
      str3: null,
      int1: 0,
      int2: 0,
      net: null,
    });
  }
}

const builtIn: Authenticators = { [authType.none]: async () => undefined, [authType.polkit]: polkit };

/**
 * Asks what the daemon wants and does it. Always to be called: for root on a polkit socket the question itself lifts
 * the restriction, and anything before it is refused.
 * @param answerMs milliseconds for the answer to that; what comes of it may ask a person and has no limit
 * @throws UnsupportedAuthError when nothing that is offered can be done here; LibvirtError when it is refused
 */
export async function authenticate(
  connection: RpcConnection,
  more: Authenticators = {},
  answerMs = handshakeMs,
): Promise<void> {
  const { types } = await answerWithin(connection, answerMs, connection.call('AUTH_LIST'));
  const ways: Authenticators = { ...builtIn, ...more };
  const chosen = types.map((type) => ways[type]).find((way) => way !== undefined);
  if (types.length > 0 && !chosen) throw new UnsupportedAuthError(types);
  await chosen?.(connection);
}
