import type { Action } from '../../../shared/action.ts';
import type { DeletePart } from '../../../shared/delete-plan.ts';
import type { GuestState } from '../../../shared/guest.ts';
import { say } from '../../../shared/message.ts';
import type { ActionRun } from '../engine.ts';
import type { LibvirtHost, remote_nonnull_domain } from './client/index.ts';
import { deleteDomain } from './delete/delete-domain.ts';
import { changeMetadata, setTitle } from './domain-metadata.ts';
import { renameDomain } from './domain-rename.ts';
import { saveDomain } from './domain-save.ts';
import { overSpare } from './over-spare.ts';
import { Refusal } from './refusal.ts';

/** What an action is done with. */
export interface Acting {
  readonly host: LibvirtHost;
  readonly dom: remote_nonnull_domain;
  /** As the domain was last seen: a guest asleep is woken where one that is paused is resumed. */
  readonly state: GuestState;
  readonly run: ActionRun;
  /** Words of a command line for virsh, as a line to paste. */
  readonly virsh: (...words: readonly string[]) => string;
  /** What was last said to go with the domain, where that was asked. */
  readonly plan?: readonly DeletePart[] | undefined;
}

/**
 * Asks libvirt for it. shutDown and restart are requests: the guest decides.
 * @throws Refusal for what is not asked at all; LibvirtError
 */
export async function actOnDomain({ host, dom, state, run, virsh, plan }: Acting, action: Action): Promise<void> {
  const { actions } = host;
  switch (action.verb) {
    case 'start': // libvirt goes on from a saved state by itself
      await actions.call('DOMAIN_CREATE', { dom });
      return;
    case 'shutDown':
      await actions.call('DOMAIN_SHUTDOWN', { dom });
      return;
    case 'restart':
      await actions.call('DOMAIN_REBOOT', { dom, flags: 0 });
      return;
    case 'reset':
      await actions.call('DOMAIN_RESET', { dom, flags: 0 });
      return;
    case 'pause':
      await actions.call('DOMAIN_SUSPEND', { dom });
      return;
    case 'resume':
      if (state === 'suspended') await actions.call('DOMAIN_PM_WAKEUP', { dom, flags: 0 });
      else await actions.call('DOMAIN_RESUME', { dom });
      return;
    case 'forceOff':
      await forceOff(host, dom);
      return;
    case 'save':
      await saveDomain(host, dom, run);
      return;
    case 'discardSave':
      await actions.call('DOMAIN_MANAGED_SAVE_REMOVE', { dom, flags: 0 });
      return;
    case 'enableAutostart':
    case 'disableAutostart':
      await actions.call('DOMAIN_SET_AUTOSTART', { dom, autostart: action.verb === 'enableAutostart' ? 1 : 0 });
      return;
    case 'rename':
      await renameDomain(actions, dom, action.name);
      return;
    case 'setTitle':
      await setTitle(actions, dom, action.title);
      return;
    case 'setTags':
      await changeMetadata(actions, dom, action);
      return;
    case 'protect':
    case 'unprotect':
      await changeMetadata(actions, dom, { protected: action.verb === 'protect' });
      return;
    case 'delete':
      await deleteDomain(host, dom, run, action, virsh, plan);
      return;
    default:
      throw new Refusal('not-supported', say('failure.detail.verbNotOffered'));
  }
}

/** Over a connection of its own: it is the remedy where other actions hang, and these may fill theirs. */
export async function forceOff(host: LibvirtHost, dom: remote_nonnull_domain): Promise<void> {
  await overSpare(host, (connection) => connection.call('DOMAIN_DESTROY', { dom }));
}
