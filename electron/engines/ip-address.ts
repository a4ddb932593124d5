import { isIP } from 'node:net';

/**
 * Whether a text is an IPv4 or IPv6 address and nothing more. An agent inside a guest may call anything an address, and
 * addresses end up in commands to paste; one with a zone (`%eth0`) means something only where it was read.
 */
export function isAddress(text: string | null | undefined): text is string {
  return typeof text === 'string' && isIP(text) !== 0 && !text.includes('%');
}
