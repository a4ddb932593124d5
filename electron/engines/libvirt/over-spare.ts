import type { LibvirtHost, RpcConnection } from './client/index.ts';

/** Asks over a connection of its own; a daemon that takes no more of them may still answer on the usual one. */
export async function overSpare<T>(host: LibvirtHost, ask: (connection: RpcConnection) => Promise<T>): Promise<T> {
  const connection = await host.spare().catch(() => host.actions);
  try {
    return await ask(connection);
  } finally {
    host.release(connection);
  }
}
