import type { Command, Input } from '../../shared/ipc/commands.ts';
import type { AppStores } from '../stores/app-stores.ts';

/** Sends a command whose answer needs no reading; what goes wrong is told. @returns whether it went well */
export async function send<C extends Command>(
  { bridge, notices }: AppStores,
  command: C,
  input: Input<C>,
): Promise<boolean> {
  const reply = await bridge.call(command, input);
  if (!reply.ok) notices.getState().add({ about: 'failure', failure: reply.failure });
  return reply.ok;
}
