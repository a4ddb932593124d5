import type { Guest } from '../../shared/guest.ts';
import { sshCommand } from './ssh-command.ts';

/** What of a guest is worth copying, with the key of the words for it. */
export function guestCopies({ name, nativeId, addresses: [address] }: Guest) {
  const copies = [
    { key: 'menu.copyName', value: name },
    { key: 'menu.copyId', value: nativeId },
    { key: 'menu.copyAddress', value: address },
    { key: 'menu.copySsh', value: address && sshCommand(address) },
  ] as const;
  return copies.flatMap(({ key, value }) => (value ? [{ key, value }] : []));
}
