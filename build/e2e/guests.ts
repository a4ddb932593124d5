import { EngineCli } from '../testing/engine-cli.ts';
import { domainXml, Virsh } from '../testing/test-domains.ts';

const image = 'posada-test-e2e:1';
export const docker = new EngineCli('docker', ['-H', 'unix:///var/run/docker.sock']);
export const virsh = new Virsh();

/** Guests that one journey makes and removes. */
export class Guests {
  readonly #made: (() => Promise<void>)[] = [];
  readonly prefix: string;

  /** @param prefix begins the name of everything that is made */
  constructor(prefix = `posada-test-${process.pid}-${Date.now() % 100_000}`) {
    this.prefix = prefix;
  }

  /** A container that is made and not started. @param options for `docker create` */
  async container(name: string, ...options: string[]): Promise<string> {
    const whole = `${this.prefix}-${name}`;
    if ((await docker.run('images', '--quiet', image)) === '') await docker.importBusybox(image);
    this.#made.push(() => docker.remove(whole));
    await docker.run('create', '--init', '--name', whole, ...options, image);
    return whole;
  }

  /** A real VM that is defined and not started. */
  async vm(
    name: string,
    more: { busy?: boolean; full?: boolean; disk?: string; network?: string } = {},
  ): Promise<string> {
    const whole = `${this.prefix}-${name}`;
    this.#made.push(() => virsh.remove(whole));
    await virsh.define(await domainXml({ name: whole, ...more }));
    return whole;
  }

  /** A libvirt network of the test's own, with DHCP and no way out. */
  async network(): Promise<string> {
    const name = `${this.prefix}-net`;
    this.#made.push(async () => {
      await virsh.run('net-destroy', '--network', name).catch(() => undefined);
      await virsh.run('net-undefine', '--network', name);
    });
    // Forwards at once: with the spanning tree protocol a port waits 4 s, and DHCP clients give up.
    const xml = `<network><name>${name}</name><bridge name='pst${process.pid % 100_000}b' stp='off' delay='0'/>
      <ip address='10.231.78.1' netmask='255.255.255.0'>
      <dhcp><range start='10.231.78.10' end='10.231.78.99'/></dhcp></ip></network>`;
    await virsh.fromFile(xml, 'net-define');
    await virsh.run('net-start', '--network', name);
    return name;
  }

  /** Something else to be undone at the end. */
  later(undo: () => Promise<void>): void {
    this.#made.push(undo);
  }

  async remove(): Promise<void> {
    for (const undo of this.#made.splice(0).reverse()) await undo();
  }
}
