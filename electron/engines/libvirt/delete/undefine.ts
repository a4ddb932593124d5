import { say } from '../../../../shared/message.ts';
import {
  errorCode,
  LibvirtError,
  type RpcConnection,
  type remote_nonnull_domain,
  undefineFlag,
} from '../client/index.ts';
import { Refusal } from '../refusal.ts';

/** What is to become of what libvirt keeps beside a definition; undefined for what the domain does not have. */
export interface Beside {
  readonly nvram: 'goes' | 'stays' | undefined;
  readonly tpm: 'goes' | 'stays' | undefined;
}

/** The first libvirt that can keep a TPM's state: 8.9.0 in its own counting. */
const keepsTpm = 8_009_000;

/** Whether the daemon can keep what is to stay, to be asked before anything is done. @throws Refusal, LibvirtError */
export async function refuseUnkept(connection: RpcConnection, { tpm }: Beside): Promise<void> {
  if (tpm !== 'stays') return;
  const { lib_ver } = await connection.call('CONNECT_GET_LIB_VERSION');
  if (Number(lib_ver) < keepsTpm) throw new Refusal('not-supported', say('failure.detail.tpmNotKept'));
}

/**
 * Takes the definition away, with all that is kept beside it at once: a call that is refused for a saved state has already
 * dropped the snapshots' metadata (seen with 9.0). Daemons refuse flags that they do not know before they do anything:
 * TPM came with 8.9, checkpoints with 5.6, drivers know of few. What is to stay is asked for in every try.
 * @throws LibvirtError
 */
export async function undefine(connection: RpcConnection, dom: remote_nonnull_domain, beside: Beside): Promise<void> {
  const { managedSave, snapshotsMetadata, checkpointsMetadata } = undefineFlag;
  const nvram = beside.nvram === 'goes' ? undefineFlag.nvram : 0;
  const tpm = beside.tpm === 'goes' ? undefineFlag.tpm : 0;
  const keep =
    (beside.nvram === 'stays' ? undefineFlag.keepNvram : 0) | (beside.tpm === 'stays' ? undefineFlag.keepTpm : 0);
  const old = managedSave | snapshotsMetadata | keep;
  const tries = [old | checkpointsMetadata | nvram | tpm, old | checkpointsMetadata | nvram, old | nvram];
  let refused: unknown;
  for (const flags of new Set([...tries, old | checkpointsMetadata, old])) {
    try {
      await connection.call('DOMAIN_UNDEFINE_FLAGS', { dom, flags });
      return;
    } catch (error) {
      const unknown = [errorCode.invalidArg, errorCode.noSupport].some((code) => isCode(error, code));
      if (!unknown) throw error;
      refused = error;
    }
  }
  if (keep) throw refused;
  await connection.call('DOMAIN_UNDEFINE', { dom });
}

function isCode(error: unknown, code: number): boolean {
  return error instanceof LibvirtError && error.code === code;
}
