import { setTimeout } from 'node:timers/promises';
import type { Hyper, RpcConnection } from './client/index.ts';

/** A driver may look at its emulators anew before it knows its version: that takes seconds, and no list waits for it. */
const patienceMs = 300;

/** What answered, for example `libvirt 9.0.0, QEMU 7.2.22`; without the hypervisor's version where that takes long. */
export async function readVersion(connection: RpcConnection): Promise<string> {
  const hypervisor = connection.call('CONNECT_GET_VERSION').then(
    ({ hv_ver }) => ` ${dotted(hv_ver)}`,
    () => '', // some drivers have none; a lost connection fails the two other calls as well
  );
  const [{ lib_ver }, { type }] = await Promise.all([
    connection.call('CONNECT_GET_LIB_VERSION'),
    connection.call('CONNECT_GET_TYPE'),
  ]);
  const version = await Promise.race([hypervisor, setTimeout(patienceMs, '', { ref: false })]);
  return `libvirt ${dotted(lib_ver)}, ${type}${version}`;
}

/** libvirt counts 1,000,000 × major + 1,000 × minor + release. */
function dotted(version: Hyper): string {
  const number = Number(version);
  return `${Math.floor(number / 1e6)}.${Math.floor(number / 1e3) % 1000}.${number % 1000}`;
}
