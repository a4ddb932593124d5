import type { VmDetail } from '../../../../shared/guest-detail.ts';
import { attribute, bytes, child, children, type Node, text } from './nodes.ts';

/** What a definition says of the machine itself. */
export type MachineFacts = Omit<
  VmDetail,
  'kind' | 'guest' | 'disks' | 'interfaces' | 'graphics' | 'currentSnapshot' | 'pendingChanges'
>;

/** Architectures whose machines begin with a BIOS where no other firmware is named. */
const withBios: ReadonlySet<string> = new Set(['x86_64', 'i686']);
const agentChannel = 'org.qemu.guest_agent.0';

/** Reads the machine out of a `<domain>`. */
export function machineFacts(domain: Node): MachineFacts {
  const os = child(domain, 'os');
  const type = child(os, 'type');
  const [architecture, machine] = [attribute(type, 'arch'), attribute(type, 'machine')];
  const description = text(child(domain, 'description'));
  const firmware = firmwareOf(domain, architecture);
  const vcpu = child(domain, 'vcpu');
  const cpusMaximum = Number(text(vcpu));
  const cpusCurrent = Number(attribute(vcpu, 'current') ?? cpusMaximum);
  const memoryMaximum = bytes(child(domain, 'memory'));
  const memoryCurrent = bytes(child(domain, 'currentMemory'));
  const devices = child(domain, 'devices');
  return {
    ...(description && { description }),
    ...(architecture && { architecture }),
    ...(machine && { machine }),
    ...(firmware && { firmware }),
    ...(firmware === 'uefi' && { secureBoot: bootsSecurely(os) }),
    tpm: children(devices, 'tpm').length > 0,
    ...(cpusCurrent > 0 && { cpusCurrent }),
    ...(cpusMaximum > 0 && { cpusMaximum }),
    ...(memoryCurrent !== undefined && { memoryCurrent }),
    ...(memoryMaximum !== undefined && { memoryMaximum }),
    agent: agentOf(devices),
  };
}

/** State of the guest agent, as far as its channel tells it. */
export function agentOf(devices: Node): MachineFacts['agent'] {
  const targets = children(devices, 'channel').map((channel) => child(channel, 'target'));
  const target = targets.find((each) => attribute(each, 'name') === agentChannel);
  if (target === undefined) return 'none';
  return attribute(target, 'state') === 'connected' ? 'connected' : 'disconnected';
}

function firmwareOf(domain: Node, architecture: string | undefined): MachineFacts['firmware'] {
  const os = child(domain, 'os');
  const [chosen, loader] = [attribute(os, 'firmware'), child(os, 'loader')];
  if (chosen) return chosen === 'efi' ? 'uefi' : 'bios';
  if (attribute(loader, 'type') === 'pflash') return 'uefi';
  // Another firmware in ROM: it may be anything.
  if (loader !== undefined) return undefined;
  const emulated = /^(qemu|kvm|hvf)$/.test(attribute(domain, 'type') ?? '');
  return emulated && withBios.has(architecture ?? '') ? 'bios' : undefined;
}

/** libvirt says it of the loader that it has chosen, or was asked for it as a feature of the firmware. */
function bootsSecurely(os: Node): boolean {
  const asked = children(child(os, 'firmware'), 'feature').find((each) => attribute(each, 'name') === 'secure-boot');
  return asked ? attribute(asked, 'enabled') === 'yes' : attribute(child(os, 'loader'), 'secure') === 'yes';
}
