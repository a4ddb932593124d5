import type { HostSample } from '../../shared/metrics.ts';
import { NetworkRate } from './network-rate.ts';

/** The library is large and starts programs: the window and the list come first. */
const firstPauseMs = 700;
const pauseMs = 2000;
/** Listing file systems starts a program each time: seldom is enough, disks fill slowly. */
const disksEveryMs = 30_000;
/** File systems that are a view of something else. */
const notADisk = /^(tmpfs|devtmpfs|overlay|squashfs|efivarfs|ramfs)$/;

/** Measures the host while somebody looks: CPU, memory, disks and network of this machine. */
export class HostStrip {
  readonly #publish: (sample: HostSample) => void;
  /** The library's own network figures start programs at every call and block for 10 to 130 ms. */
  readonly #network = new NetworkRate();
  #wanted = false;
  #timer: NodeJS.Timeout | undefined;
  #measuring = false;
  #disks: { at: number; list: HostSample['disks'] } = { at: 0, list: [] };

  constructor(publish: (sample: HostSample) => void) {
    this.#publish = publish;
  }

  watch(on: boolean): void {
    this.#wanted = on;
    clearTimeout(this.#timer);
    if (on) this.#timer = setTimeout(() => void this.#tick(), firstPauseMs);
  }

  /** The next measurement is planned after the last has ended, so that a slow host is not asked twice at once. */
  async #tick(): Promise<void> {
    if (this.#measuring) return;
    this.#measuring = true;
    try {
      const sample = await this.#measure();
      if (this.#wanted) this.#publish(sample);
    } catch (error) {
      console.error('the host could not be measured', error);
    } finally {
      this.#measuring = false;
    }
    if (this.#wanted) this.#timer = setTimeout(() => void this.#tick(), pauseMs);
  }

  async #measure(): Promise<HostSample> {
    const { default: si } = await import('systeminformation');
    const [load, memory, network] = await Promise.all([si.currentLoad(), si.mem(), this.#network.measure()]);
    if (Date.now() - this.#disks.at > disksEveryMs) {
      const list = await si.fsSize();
      this.#disks = {
        at: Date.now(),
        list: list
          .filter((disk) => disk.size > 0 && !notADisk.test(disk.type))
          .map((disk) => ({ mount: disk.mount, used: disk.used, size: disk.size })),
      };
    }
    return {
      at: Date.now(),
      cpu: load.currentLoad,
      cores: load.cpus.length,
      memoryUsed: memory.total - memory.available,
      memoryTotal: memory.total,
      disks: this.#disks.list,
      networkReceive: network.receive,
      networkSend: network.send,
    };
  }
}
