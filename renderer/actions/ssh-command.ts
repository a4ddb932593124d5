/** The command that logs in at an address; undefined for what is no address: it is pasted into a shell. */
export function sshCommand(address: string): string | undefined {
  return /^[\da-f.:]+$/i.test(address) ? `ssh ${address}` : undefined;
}
