import { readFile } from 'node:fs/promises';

/** Bytes that have gone through all interfaces but loopback since they came up. */
export interface NetworkBytes {
  readonly receive: number;
  readonly send: number;
}

/**
 * Reads Linux's counters. Format: proc_pid_net(5); a line an interface, the first field after the name is bytes
 * received, the ninth bytes sent.
 */
export function parseNetDev(text: string): NetworkBytes {
  let receive = 0;
  let send = 0;
  for (const line of text.split('\n')) {
    const [name, rest] = line.split(':');
    if (!rest || name?.trim() === 'lo') continue;
    const fields = rest.trim().split(/\s+/).map(Number);
    receive += fields[0] ?? 0;
    send += fields[8] ?? 0;
  }
  return { receive, send };
}

/** Bytes per second between this call and the one before; nothing at the first. */
export class NetworkRate {
  #last: (NetworkBytes & { at: number }) | undefined;
  readonly #read: () => Promise<string>;

  /** @param read where the counters are, for tests */
  constructor(read: () => Promise<string> = () => readFile('/proc/net/dev', 'utf8')) {
    this.#read = read;
  }

  async measure(now = performance.now()): Promise<NetworkBytes> {
    const bytes = parseNetDev(await this.#read());
    const last = this.#last;
    this.#last = { ...bytes, at: now };
    const seconds = last ? (now - last.at) / 1000 : 0;
    if (!last || seconds <= 0) return { receive: 0, send: 0 };
    // Counters go back when an interface goes away.
    const rate = (after: number, before: number): number => Math.max(0, (after - before) / seconds);
    return { receive: rate(bytes.receive, last.receive), send: rate(bytes.send, last.send) };
  }
}
