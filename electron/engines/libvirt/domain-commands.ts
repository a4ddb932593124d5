import type { Action } from '../../../shared/action.ts';
import type { DeletePart } from '../../../shared/delete-plan.ts';
import { settingsKinds } from '../../../shared/delete-rules.ts';
import type { Guest } from '../../../shared/guest.ts';
import { shellWord } from '../shell.ts';
import { diskOfPart } from './delete/part-ids.ts';
import { isActive } from './domain-states.ts';
import { type LibvirtEndpoint, virshUri } from './endpoint.ts';
import { changedPosadaElement, type PosadaChange, posadaNamespace, posadaPrefix } from './xml/posada-metadata.ts';

/** Commands of virsh that need no more than the domain. */
const plain: Readonly<Partial<Record<Action['verb'], readonly string[]>>> = {
  start: ['start'],
  shutDown: ['shutdown'],
  restart: ['reboot'],
  reset: ['reset'],
  pause: ['suspend'],
  forceOff: ['destroy'],
  save: ['managedsave'],
  discardSave: ['managedsave-remove'],
  enableAutostart: ['autostart'],
  disableAutostart: ['autostart', '--disable'],
};

/** A line to paste that gives virsh these words on this connection. */
export function virshLine(endpoint: LibvirtEndpoint, ...words: readonly string[]): string {
  return ['virsh', '-c', virshUri(endpoint), ...words].map(shellWord).join(' ');
}

/**
 * The same by hand with virsh, one line each, as the guest was last seen; empty for what is not asked of a domain.
 * @param posadaElement our element in its metadata: what others have put there stays
 * @param plan that the parts of a delete were chosen from; undefined where none was made
 */
export function domainCommands(
  endpoint: LibvirtEndpoint,
  guest: Guest,
  action: Action,
  posadaElement?: string,
  plan: readonly DeletePart[] = [],
): string[] {
  const virsh = (...words: readonly string[]): string => virshLine(endpoint, ...words);
  const domain = domainWord(guest);
  /** Into the definition that runs, the one that its next start takes, or both. */
  const where = [...(isActive(guest.state) ? ['--live'] : []), ...(guest.transient ? [] : ['--config'])];
  const metadata = (change: PosadaChange): string[] => {
    const element = changedPosadaElement(posadaElement, change);
    if (element === null) return [virsh('metadata', domain, posadaNamespace, '--remove', ...where)];
    return [virsh('metadata', domain, posadaNamespace, '--key', posadaPrefix, '--set', element, ...where)];
  };
  const [name, ...more] = plain[action.verb] ?? [];
  if (name) return [virsh(name, domain, ...more)];
  switch (action.verb) {
    case 'resume':
      return [virsh(guest.state === 'suspended' ? 'dompmwakeup' : 'resume', domain)];
    case 'rename':
      return [virsh('domrename', domain, ...value('--new-name', action.name))];
    case 'setTitle':
      return [virsh('desc', domain, '--title', ...where, ...value('--new-desc', action.title))];
    case 'setTags':
      return metadata(action);
    case 'protect':
    case 'unprotect':
      return metadata({ protected: action.verb === 'protect' });
    case 'delete':
      return [
        ...(isActive(guest.state) ? [virsh('destroy', domain)] : []),
        ...(guest.transient
          ? []
          : [virsh('undefine', domain, ...undefineWords(endpoint), ...besideWords(plan, action.parts))]),
        ...action.parts.flatMap(diskOfPart).map((path) => virsh('vol-delete', path)),
      ];
    case 'takeSnapshot':
      return [virsh('snapshot-create-as', domain, ...snapshotWords(action.name, action.description))];
    case 'restoreSnapshot':
      return [
        ...(action.keepNow ? [virsh('snapshot-create-as', domain, ...snapshotWords(action.keepNow))] : []),
        virsh('snapshot-revert', domain, ...value('--snapshotname', action.snapshot)),
      ];
    case 'deleteSnapshot': {
      const children = action.children ? ['--children'] : [];
      return [virsh('snapshot-delete', domain, ...value('--snapshotname', action.snapshot), ...children)];
    }
    default:
      return [];
  }
}

/** A name that virsh takes for nothing else; else the UUID: it looks for ids and UUIDs first, and `-` begins an option. */
function domainWord({ name, nativeId }: Guest): string {
  const clear = /^[A-Za-z_][\w.+@-]*$/.test(name) && !/^[\da-f-]{32,}$/i.test(name);
  return clear ? name : nativeId;
}

/** virsh has one name for a snapshot, which libvirt takes with no `/` and no leading dot. */
function snapshotWords(name: string, description = ''): string[] {
  const taken = name.replaceAll('/', '-').replace(/^\.+/, '');
  return [...value('--name', taken || 'snapshot'), ...(description ? value('--description', description) : [])];
}

/** A value that may look like an option itself. */
function value(option: string, word: string): string[] {
  return word.startsWith('-') ? [`${option}=${word}`] : [option, word];
}

/** All that goes with a definition, as far as the driver knows it. */
function undefineWords({ uri }: LibvirtEndpoint): string[] {
  return uri.startsWith('lxc') ? [] : ['--managed-save', '--snapshots-metadata', '--checkpoints-metadata'];
}

/** What is said of firmware settings and TPM state: only where the machine has them. */
function besideWords(plan: readonly DeletePart[], chosen: readonly string[]): string[] {
  return plan
    .filter(({ kind }) => settingsKinds.has(kind))
    .map(({ id, kind, goes }) => (goes === 'person' && chosen.includes(id) ? `--${kind}` : `--keep-${kind}`));
}
