import { say } from '../../../shared/message.ts';
import {
  errorCode,
  impact,
  LibvirtError,
  metadataType,
  type RpcConnection,
  type remote_nonnull_domain,
} from './client/index.ts';
import { Refusal } from './refusal.ts';
import {
  changedPosadaElement,
  mostTags,
  type PosadaChange,
  posadaFactsIn,
  posadaNamespace,
  posadaPrefix,
  tagsFit,
} from './xml/posada-metadata.ts';

const noElement: ReadonlySet<number> = new Set([errorCode.noDomainMetadata, errorCode.noSupport]);

/** The definitions that a domain has now: the one that runs, the one that its next start takes, or both. */
async function definitions(connection: RpcConnection, dom: remote_nonnull_domain): Promise<number[]> {
  const [{ active }, { persistent }] = await Promise.all([
    connection.call('DOMAIN_IS_ACTIVE', { dom }),
    // A driver that cannot tell (Cloud Hypervisor) has definitions that stay.
    connection.call('DOMAIN_IS_PERSISTENT', { dom }).catch((error: unknown) => {
      if (error instanceof LibvirtError && error.code === errorCode.noSupport) return { persistent: 1 };
      throw error;
    }),
  ]);
  // The lasting one first: should the second write fail, what stays is what was wished for.
  return [...(persistent ? [impact.config] : []), ...(active ? [impact.live] : [])];
}

/** Our element of one definition, without our prefix; undefined where it has none, or its driver has none at all. */
async function readElement(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  flags: number,
): Promise<string | undefined> {
  try {
    const args = { dom, type: metadataType.element, uri: posadaNamespace, flags };
    return (await connection.call('DOMAIN_GET_METADATA', args)).metadata;
  } catch (error) {
    if (error instanceof LibvirtError && noElement.has(error.code)) return undefined;
    throw error;
  }
}

/**
 * Changes our element in each definition that the domain has, read just before: what others have put there stays. libvirt
 * has no way to write only if nothing has changed since.
 * @throws Refusal for more tags than are kept; LibvirtError
 */
export async function changeMetadata(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  change: PosadaChange,
): Promise<void> {
  for (const flags of await definitions(connection, dom)) {
    const before = await readElement(connection, dom, flags);
    const metadata = changedPosadaElement(before, change);
    if (metadata === null && before === undefined) continue;
    if (metadata !== null && change.add?.length && !tagsFit(metadata)) {
      throw new Refusal('bad-input', say('failure.detail.tooManyTags', { most: mostTags }));
    }
    const [key, uri] = [posadaPrefix, posadaNamespace];
    await connection.call('DOMAIN_SET_METADATA', { dom, type: metadataType.element, metadata, key, uri, flags });
  }
}

/** Whether any definition of the domain says now that it is protected, whoever has written that. */
export async function isProtected(connection: RpcConnection, dom: remote_nonnull_domain): Promise<boolean> {
  const elements = (await definitions(connection, dom)).map((flags) => readElement(connection, dom, flags));
  return (await Promise.all(elements)).some((element) => element !== undefined && posadaFactsIn(element).protected);
}

/**
 * Changes the title in each definition; an empty one takes it away.
 * @throws Refusal for a title of several lines or with control characters, which no definition can hold; LibvirtError
 */
export async function setTitle(connection: RpcConnection, dom: remote_nonnull_domain, title: string): Promise<void> {
  if (/\p{Cc}/u.test(title)) throw new Refusal('bad-input', say('failure.detail.badTitle'));
  const flags = (await definitions(connection, dom)).reduce((sum, each) => sum | each, 0);
  const args = { dom, type: metadataType.title, metadata: title || null, key: null, uri: null, flags };
  await connection.call('DOMAIN_SET_METADATA', args);
}
