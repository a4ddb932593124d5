import type { DeletePart } from './delete-plan.ts';

// No schemas here: the window's script is smaller without the library for them.

/** What the machine keeps beside its disks: one that stays may not open without it, like one that BitLocker encrypts. */
export const settingsKinds: ReadonlySet<DeletePart['kind']> = new Set<DeletePart['kind']>(['nvram', 'tpm']);

/** Reasons of disks that are none of the guest's own content, or are not there. */
const notItsOwn: ReadonlySet<string> = new Set(['part.medium', 'part.readOnly', 'part.missing']);

/** Whether a disk of the guest stays, so that its settings are better kept too. */
export function keepsDisk(parts: readonly DeletePart[], goes: (part: DeletePart) => boolean): boolean {
  return parts.some((part) => part.kind === 'disk' && !goes(part) && !notItsOwn.has(part.because?.key ?? ''));
}
