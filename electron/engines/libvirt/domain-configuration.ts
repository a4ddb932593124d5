import type { ConfigurationText } from '../../../shared/guest-detail.ts';
import { LibvirtError, type RpcConnection, type remote_nonnull_domain, xmlFlag } from './client/index.ts';

/** The texts that define a domain. */
export interface Definitions {
  /** As it runs, or the only one. */
  readonly now: string;
  /** As it will start next, where it runs and has a definition for that. */
  readonly next?: string;
}

/**
 * Reads the definitions of a domain, without secrets: no flag asks for them.
 * @param dom as it is now: its id says whether it runs
 * @throws LibvirtError
 */
export async function readDefinitions(connection: RpcConnection, dom: remote_nonnull_domain): Promise<Definitions> {
  const { xml: now } = await connection.call('DOMAIN_GET_XML_DESC', { dom, flags: 0 });
  if (dom.id < 0 || !(await isPersistent(connection, dom))) return { now };
  const { xml: next } = await connection.call('DOMAIN_GET_XML_DESC', { dom, flags: xmlFlag.inactive });
  return { now, next };
}

/** The same as texts to show: as it runs and as it will start next, or the only one. @throws LibvirtError */
export async function readConfiguration(
  connection: RpcConnection,
  known: remote_nonnull_domain,
): Promise<ConfigurationText[]> {
  const { dom } = await connection.call('DOMAIN_LOOKUP_BY_UUID', { uuid: known.uuid });
  const { now, next } = await readDefinitions(connection, dom);
  if (next === undefined) return [{ of: 'only', language: 'xml', text: now }];
  return [
    { of: 'running', language: 'xml', text: now },
    { of: 'next', language: 'xml', text: next },
  ];
}

/** A driver that does not know has none that are transient. */
async function isPersistent(connection: RpcConnection, dom: remote_nonnull_domain): Promise<boolean> {
  try {
    return (await connection.call('DOMAIN_IS_PERSISTENT', { dom })).persistent === 1;
  } catch (error) {
    if (error instanceof LibvirtError) return true;
    throw error;
  }
}
