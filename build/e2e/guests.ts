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
  async vm(name: string, more: { busy?: boolean; disk?: string; network?: string } = {}): Promise<string> {
    const whole = `${this.prefix}-${name}`;
    this.#made.push(() => virsh.remove(whole));
    await virsh.define(await domainXml({ name: whole, ...more }));
    return whole;
  }

  /** Something else to be undone at the end. */
  later(undo: () => Promise<void>): void {
    this.#made.push(undo);
  }

  async remove(): Promise<void> {
    for (const undo of this.#made.splice(0).reverse()) await undo();
  }
}
