import type { Remedy } from '../../../shared/failure.ts';
import { say } from '../../../shared/message.ts';
import { errorCode, LibvirtError, type RpcConnection, type remote_nonnull_domain } from './client/index.ts';
import { Refusal } from './refusal.ts';

const otherName: Remedy = { do: 'read', text: say('remedy.otherName') };

/**
 * Gives a domain another name. What libvirt 9.0 does, tried with virsh:
 * - refused while it runs, and with a saved state ("domain with a managed saved state can't be renamed");
 * - done with snapshots, which go along and can be reverted to (daemons before 8.0 refuse); and with checkpoints, whose
 *   files then lie among those of the snapshots and are lost at the daemon's next start: so we refuse that;
 * - firmware settings keep their old file name, and a new VM of the old name then uses the same file: deleting one of the
 *   two leaves it (delete/delete-plan.ts);
 * - a taken name is "not valid in this state" (55), a `/` an XML error (27);
 * - a newline, a control character, a lone space are taken, and the daemon cannot read the definition at its next start:
 *   so we refuse those, and what is no name of a file (`.`, `..`, over 250 bytes with `.xml`).
 * @throws Refusal; LibvirtError
 */
export async function renameDomain(connection: RpcConnection, dom: remote_nonnull_domain, name: string): Promise<void> {
  if (!isName(name)) throw new Refusal('bad-input', say('failure.detail.badName', { name }), [otherName]);
  const checkpoints = await countCheckpoints(connection, dom);
  if (checkpoints > 0) throw new Refusal('refused', say('because.hasCheckpoints', { count: checkpoints }));
  try {
    await connection.call('DOMAIN_RENAME', { dom, new_name: name, flags: 0 });
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    if (error.code === errorCode.xmlError) {
      throw new Refusal('bad-input', say('failure.detail.badName', { name }), [otherName], error);
    }
    throw (await whyNot(connection, dom, name, error)) ?? error;
  }
}

/** Names that are a file's name at every daemon: it keeps definitions as NAME.xml, and writes NAME.xml.new first. */
function isName(name: string): boolean {
  return !/[/\p{Cc}]/u.test(name) && name.trim() === name && !/^\.{0,2}$/.test(name) && Buffer.byteLength(name) <= 247;
}

/** libvirt has one number for a taken name and for a state that forbids it: looking tells them apart. */
async function whyNot(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  name: string,
  error: LibvirtError,
): Promise<Refusal | undefined> {
  if (error.code !== errorCode.operationInvalid && error.code !== errorCode.operationFailed) return undefined;
  const owner = await connection.call('DOMAIN_LOOKUP_BY_NAME', { name }).catch(() => undefined);
  if (owner) return new Refusal('bad-input', say('failure.detail.nameTaken', { name }), [otherName], error);
  const snapshots = await connection.call('DOMAIN_SNAPSHOT_NUM', { dom, flags: 0 }).catch(() => undefined);
  const isOff = !(await connection.call('DOMAIN_IS_ACTIVE', { dom }).catch(() => undefined))?.active;
  const saved = await connection.call('DOMAIN_HAS_MANAGED_SAVE_IMAGE', { dom, flags: 0 }).catch(() => undefined);
  if (isOff && saved?.result) return new Refusal('wrong-state', say('because.saved'), [], error);
  if (isOff && snapshots && snapshots.num > 0) {
    return new Refusal('refused', say('because.hasSnapshots', { count: snapshots.num }), [], error);
  }
  return isOff ? undefined : new Refusal('wrong-state', say('because.running'), [], error);
}

/** 0 where the driver has none. */
async function countCheckpoints(connection: RpcConnection, dom: remote_nonnull_domain): Promise<number> {
  try {
    return (await connection.call('DOMAIN_LIST_ALL_CHECKPOINTS', { dom, need_results: 0, flags: 0 })).ret;
  } catch (error) {
    if (error instanceof LibvirtError && error.code === errorCode.noSupport) return 0;
    throw error;
  }
}
