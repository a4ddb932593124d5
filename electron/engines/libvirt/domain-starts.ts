import type { remote_nonnull_domain } from './client/index.ts';
import { within } from './deadline.ts';
import type { LibvirtEndpoint } from './endpoint.ts';
import { localProcesses, type Processes } from './processes.ts';

/** A running domain and its type (`qemu`, `kvm`, `lxc`, …). */
export interface Running {
  readonly dom: remote_nonnull_domain;
  readonly type: string;
}

/** How long (milliseconds) rows wait for the processes of this machine. */
const patienceMs = 200;
const emulated: ReadonlySet<string> = new Set(['qemu', 'kvm', 'hvf']);

/**
 * When domains began to run, which libvirt does not tell: the start of their process where that is on this machine, else
 * the moment at which their start was heard of. What is neither is not known.
 */
export class DomainStarts {
  readonly #processes: Processes | undefined;
  /** By UUID, for the run with this id. */
  readonly #found = new Map<string, { readonly id: number; readonly at: number | undefined }>();
  readonly #heard = new Map<string, number>();

  constructor(endpoint: Pick<LibvirtEndpoint, 'uri'>, processes: Processes = localProcesses) {
    // Another machine's processes are not ours to look at; whatever the transport, a URI with a host has two slashes.
    this.#processes = /^\w+(\+unix)?:\/\/\//.test(endpoint.uri) ? processes : undefined;
  }

  /** An event told that the domain has started at this moment (Unix time in milliseconds). */
  heard(uuid: string, at: number): void {
    this.#heard.set(uuid, at);
  }

  /** To be called of a domain that does not run. */
  forget(uuid: string): void {
    this.#found.delete(uuid);
    this.#heard.delete(uuid);
  }

  /** Looks for the starts of those that are new, in one look for all of them; waits for it a moment only. */
  async look(domains: readonly Running[]): Promise<void> {
    const fresh = domains.filter(({ dom, type }) => hasProcess(type) && this.#found.get(dom.uuid)?.id !== dom.id);
    if (fresh.length > 0 && this.#processes) await within(this.#find(this.#processes, fresh), patienceMs);
  }

  /** Unix time in milliseconds, as far as it is known by now. */
  startOf({ uuid, id }: remote_nonnull_domain): number | undefined {
    const found = this.#found.get(uuid);
    return (found?.id === id ? found.at : undefined) ?? this.#heard.get(uuid);
  }

  async #find(processes: Processes, domains: readonly Running[]): Promise<void> {
    const lines = await processes.commandLines();
    const byUuid = new Map<string, number[]>();
    for (const [pid, words] of lines) {
      const uuid = words[words.indexOf('-uuid') + 1];
      if (words.includes('-uuid') && uuid) byUuid.set(uuid, [...(byUuid.get(uuid) ?? []), pid]);
    }
    await Promise.all(
      domains.map(async ({ dom, type }) => {
        const pids =
          type === 'lxc'
            ? [dom.id].filter((pid) => isContainerOf(lines.get(pid), dom.name))
            : (byUuid.get(dom.uuid) ?? []).filter((pid) => isEmulatorOf(lines.get(pid), dom.name));
        // Two of them: one belongs to another daemon, and nothing tells which.
        const [pid, other] = pids;
        const at = pid === undefined || other !== undefined ? undefined : await processes.startOf(pid);
        this.#found.set(dom.uuid, { id: dom.id, at });
      }),
    );
  }
}

function hasProcess(type: string): boolean {
  return emulated.has(type) || type === 'lxc';
}

/** `-name guest=web,debug-threads=on`: a comma in a name is doubled. */
function isEmulatorOf(words: readonly string[] = [], name: string): boolean {
  const told = words[words.indexOf('-name') + 1] ?? '';
  return `${told},`.startsWith(`guest=${name.replaceAll(',', ',,')},`);
}

/** A container's id is the number of its `libvirt_lxc --name web …`. */
function isContainerOf(words: readonly string[] = [], name: string): boolean {
  return /(^|\/)libvirt_lxc$/.test(words[0] ?? '') && words[words.indexOf('--name') + 1] === name;
}
