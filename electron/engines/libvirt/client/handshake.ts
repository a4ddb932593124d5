import type { RpcConnection } from './connection.ts';
import { ConnectionLostError } from './errors.ts';

/** Milliseconds that a daemon has for each answer of the handshake, unless told otherwise. */
export const handshakeMs = 15_000;

/**
 * Waits for an answer that needs no person. Pings alone do not do: a daemon may answer them while all that serves calls
 * hangs.
 * @param ms after which the connection is ended, so that the call that is waited for rejects with ConnectionLostError
 */
export async function answerWithin<T>(connection: RpcConnection, ms: number, answer: Promise<T>): Promise<T> {
  const timer = setTimeout(() => {
    const seconds = Math.round(ms / 1000);
    const words = `no answer for ${seconds} seconds while the connection was opened`;
    connection.close(new ConnectionLostError('keepalive', words, undefined, seconds));
  }, ms);
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
  }
}
