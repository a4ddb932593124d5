import type { Hyper, RpcConnection } from './client/index.ts';

/** What answered, for example `libvirt 9.0.0, QEMU 7.2.22`. */
export async function readVersion(connection: RpcConnection): Promise<string> {
  const [{ lib_ver }, { type }, { hv_ver }] = await Promise.all([
    connection.call('CONNECT_GET_LIB_VERSION'),
    connection.call('CONNECT_GET_TYPE'),
    connection.call('CONNECT_GET_VERSION'),
  ]);
  return `libvirt ${dotted(lib_ver)}, ${type} ${dotted(hv_ver)}`;
}

/** libvirt counts 1,000,000 × major + 1,000 × minor + release. */
function dotted(version: Hyper): string {
  const number = Number(version);
  return `${Math.floor(number / 1e6)}.${Math.floor(number / 1e3) % 1000}.${number % 1000}`;
}
