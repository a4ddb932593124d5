import type { RpcConnection } from '../client/index.ts';
import { type DefinedDomain, readDomains } from './domain-usage.ts';
import { VolumeIndex } from './volume-index.ts';

/** What is around the guests that are to be deleted: plans of one request share what was read for the first of them. */
export class Surroundings {
  readonly volumes = new VolumeIndex();
  /** Why no plan can be made from them: libvirt has not answered. */
  hung: Error | undefined;
  #domains: Promise<DefinedDomain[]> | undefined;

  /** All domains, read once. @throws LibvirtError, ConnectionLostError */
  domains(connection: RpcConnection): Promise<DefinedDomain[]> {
    this.#domains ??= readDomains(connection);
    return this.#domains;
  }
}
