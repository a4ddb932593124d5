import type { Action } from '../../../shared/action.ts';
import type { Guest, GuestState } from '../../../shared/guest.ts';
import { offersFor } from './demo-verbs.ts';

/** The state that a verb leads to. */
function stateAfter({ verb }: Action, before: GuestState): GuestState {
  switch (verb) {
    case 'pause':
      return 'paused';
    case 'shutDown':
    case 'forceOff':
    case 'discardSave':
      return 'stopped';
    case 'save':
      return 'saved';
    case 'start':
    case 'resume':
    case 'restart':
    case 'reset':
      return 'running';
    default:
      return before;
  }
}

/** The guest after the action; undefined when it is gone. */
export function after(guest: Guest, action: Action): Guest | undefined {
  if (action.verb === 'delete') return undefined;
  const state = stateAfter(action, guest.state);
  const { startedAt: _before, stateNote: _note, exitCode: _code, title, ...rest } = guest;
  const changed = state !== guest.state || action.verb === 'restart' || action.verb === 'reset';
  const on = state === 'running' || state === 'paused';
  const startedAt = on
    ? changed && action.verb !== 'resume' && state === 'running'
      ? Date.now()
      : _before
    : undefined;
  const next: Guest = {
    ...rest,
    state,
    ...(startedAt !== undefined && { startedAt }),
    ...(!changed && _note && { stateNote: _note }),
    ...(!changed && _code !== undefined && { exitCode: _code }),
    ...(title && { title }),
    ...changes(guest, action),
  };
  if (action.verb === 'setTitle' && action.title === '') delete next.title;
  return { ...next, offers: offersFor(next) };
}

function changes(guest: Guest, action: Action): Partial<Guest> {
  switch (action.verb) {
    case 'rename':
      return { name: action.name };
    case 'setTitle':
      return { title: action.title };
    case 'setTags':
      return {
        tags: [...new Set([...guest.tags.filter((tag) => !action.remove.includes(tag)), ...action.add])].sort(),
      };
    case 'protect':
    case 'unprotect':
      return { protected: action.verb === 'protect' };
    case 'enableAutostart':
    case 'disableAutostart':
      return { startup: { by: 'autostart', on: action.verb === 'enableAutostart' } };
    case 'setRestartPolicy':
      return {
        startup: {
          by: 'restartPolicy',
          policy: action.policy,
          ...(action.maximumRetries !== undefined && { maximumRetries: action.maximumRetries }),
        },
      };
    default:
      return {};
  }
}
