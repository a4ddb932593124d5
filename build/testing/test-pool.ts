import { type Virsh, xmlText } from './test-domains.ts';

/** A storage pool of the test's own, with volumes that `virsh` makes: it needs no right to the files themselves. */
export class TestPool {
  readonly name: string;
  readonly folder: string;
  readonly #virsh: Virsh;

  private constructor(virsh: Virsh, name: string) {
    this.name = name;
    this.folder = `/var/tmp/${name}`;
    this.#virsh = virsh;
  }

  static async make(virsh: Virsh, name: string): Promise<TestPool> {
    const pool = new TestPool(virsh, name);
    await virsh.run('pool-define-as', name, 'dir', '--target', pool.folder);
    await virsh.run('pool-build', name);
    await virsh.run('pool-start', name);
    return pool;
  }

  path(volume: string): string {
    return `${this.folder}/${volume}`;
  }

  /** Makes a qcow2 volume, on another one of the pool, or on any path, where one is named; gives its path. */
  async volume(name: string, base?: string): Promise<string> {
    const below =
      base &&
      `<backingStore><path>${base.startsWith('/') ? base : this.path(base)}</path><format type='qcow2'/></backingStore>`;
    const xml = `<volume><name>${xmlText(name)}</name><capacity unit='MiB'>8</capacity>
      <target><format type='qcow2'/><compat>1.1</compat></target>${below ?? ''}</volume>`;
    await this.#virsh.fromFile(xml, 'vol-create', '--pool', this.name);
    return this.path(name);
  }

  /** Names of the volumes that are there now. */
  async volumes(): Promise<string[]> {
    await this.#virsh.run('pool-refresh', this.name);
    const table = await this.#virsh.run('vol-list', this.name);
    return table
      .split('\n')
      .flatMap((line) => line.trim().split(/\s{2,}/)[0] ?? [])
      .filter(Boolean)
      .sort();
  }

  async remove(): Promise<void> {
    for (const volume of await this.volumes()) await this.#virsh.run('vol-delete', '--pool', this.name, volume);
    await this.#virsh.run('pool-destroy', this.name);
    await this.#virsh.run('pool-delete', this.name);
    await this.#virsh.run('pool-undefine', this.name);
  }
}
