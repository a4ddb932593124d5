import {
  errorCode,
  impact,
  LibvirtError,
  metadataType,
  type RpcConnection,
  type remote_nonnull_domain,
} from '../client/index.ts';
import { child, parseDomain, text } from '../xml/nodes.ts';
import { escapeXml } from '../xml/ordered.ts';
import { posadaElementOf, posadaNamespace, posadaPrefix } from '../xml/posada-metadata.ts';
import { snapshotNamespace, snapshotPrefix } from '../xml/snapshot-own.ts';

/** What of a definition is the person's own and stays as it is now when the rest goes back. */
export interface OwnDefinitionFacts {
  readonly title: string | null;
  /** Our element (tags, protection, lab, …) as DOMAIN_SET_METADATA takes it. */
  readonly element: string | null;
}

export function ownDefinitionFacts(definition: string): OwnDefinitionFacts {
  return {
    title: text(child(parseDomain(definition), 'title')) ?? null,
    element: posadaElementOf(definition) ?? null,
  };
}

/** Whether the mark of this attempt is in a definition. */
export function isMarked(definition: string, token: string): boolean {
  return definition.includes(snapshotNamespace) && definition.includes(escapeXml(token));
}

/** Writes the mark into the definition of the next start. @throws LibvirtError */
export async function mark(connection: RpcConnection, dom: remote_nonnull_domain, token: string): Promise<void> {
  const element = `<snapshot restoring="${escapeXml(token)}"/>`;
  await setElement(connection, dom, snapshotNamespace, snapshotPrefix, element, impact.config);
}

/** Takes the mark away, if it is there. @throws LibvirtError */
export async function unmark(connection: RpcConnection, uuid: string, token: string): Promise<void> {
  const { dom } = await connection.call('DOMAIN_LOOKUP_BY_UUID', { uuid });
  const args = { dom, type: metadataType.element, uri: snapshotNamespace, flags: impact.config };
  const there = await ifThere(connection.call('DOMAIN_GET_METADATA', args));
  if (!there?.metadata.includes(escapeXml(token))) return;
  await setElement(connection, dom, snapshotNamespace, snapshotPrefix, null, impact.config);
}

/**
 * After a revert: what is the person's own goes into the definitions that have come with the snapshot, and what we keep
 * of the snapshot in its own goes out of them. May be done again.
 * @throws LibvirtError
 */
export async function settle(
  connection: RpcConnection,
  uuid: string,
  { title, element }: OwnDefinitionFacts,
): Promise<void> {
  const { dom } = await connection.call('DOMAIN_LOOKUP_BY_UUID', { uuid });
  for (const flags of [impact.config, ...(dom.id >= 0 ? [impact.live] : [])]) {
    await setElement(connection, dom, posadaNamespace, posadaPrefix, element, flags);
    await setElement(connection, dom, snapshotNamespace, snapshotPrefix, null, flags);
    const args = { dom, type: metadataType.title, metadata: title, key: null, uri: null, flags };
    await connection.call('DOMAIN_SET_METADATA', args);
  }
}

async function setElement(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  uri: string,
  key: string,
  metadata: string | null,
  flags: number,
): Promise<void> {
  const args = { dom, type: metadataType.element, metadata, key, uri, flags };
  await ifThere(connection.call('DOMAIN_SET_METADATA', args));
}

/** What is not there need not be taken away. */
async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof LibvirtError && error.code === errorCode.noDomainMetadata) return undefined;
    throw error;
  }
}
