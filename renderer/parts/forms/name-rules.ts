import type { Guest, GuestKind } from '../../../shared/guest.ts';

/** What is wrong with a name. */
export type NameFault = 'same' | 'empty' | 'letters' | 'taken';

/**
 * What engines take as a name. Domains: anything on one line that is not only white space and has no slash
 * (virDomainDefPostParse). Containers: Docker's RestrictedNamePattern.
 */
const takes: Readonly<Record<GuestKind, (name: string) => boolean>> = {
  vm: (name) => !/[/\n]/.test(name) && name !== '.' && name !== '..',
  container: (name) => /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name),
};

/** Why the guest cannot be called so; undefined: it can, as far as can be seen from here. */
export function nameFault(guest: Guest, name: string, others: Iterable<Guest>): NameFault | undefined {
  if (name.trim() === '') return 'empty';
  if (name === guest.name) return 'same';
  if (!takes[guest.kind](name)) return 'letters';
  for (const other of others) {
    if (other.engine === guest.engine && other.id !== guest.id && other.name === name) return 'taken';
  }
  return undefined;
}
