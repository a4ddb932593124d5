import { type MainMessageKey, type Message, say } from '../../../shared/message.ts';
import { type EventMessages, lifecycleEvent, metadataType } from './client/index.ts';
import { posadaNamespace } from './xml/posada-metadata.ts';

/** What an event says of a domain, for its history. */
export interface Happening {
  readonly uuid: string;
  readonly what: Message;
  readonly bad: boolean;
}

// Details of the lifecycle: virDomainEvent…DetailType in include/libvirt/libvirt-domain.h of libvirt 9.0.0.
const startedHow = ['booted', 'migrated', 'restored', 'snapshot', 'wakeup'];
const pausedWhy = [
  ...[
    'user',
    'migrated',
    'ioError',
    'watchdog',
    'restored',
    'snapshot',
    'apiError',
    'postcopy',
    'postcopy',
    'snapshot',
  ],
];
const stoppedWhy = ['shutdown', 'destroyed', 'crashed', 'migrated', 'saved', 'failed', 'snapshot'];
const definedRenamed = 2;
const undefinedRenamed = 1;
const definedUpdated = 1;
const shutdownByHost = 2;

function lifecycle(event: number, detail: number, name: string): [Message, boolean] | undefined {
  switch (event) {
    case lifecycleEvent.defined:
      if (detail === definedRenamed) return [say('event.renamed', { name }), false];
      return [say(detail === definedUpdated ? 'event.updated' : 'event.defined'), false];
    case lifecycleEvent.undefined:
      // The other half of a rename.
      return detail === undefinedRenamed ? undefined : [say('event.undefined'), false];
    case lifecycleEvent.started:
      return [say('event.startedFrom', { how: startedHow[detail] ?? 'other' }), false];
    case lifecycleEvent.suspended: {
      const why = pausedWhy[detail] ?? 'other';
      return [say('event.pausedBy', { why }), why === 'ioError' || why === 'watchdog' || why === 'apiError'];
    }
    case lifecycleEvent.resumed:
      return [say('event.resumed'), false];
    case lifecycleEvent.stopped: {
      const why = stoppedWhy[detail] ?? 'other';
      return [say('event.stoppedBy', { why }), why === 'crashed' || why === 'failed'];
    }
    case lifecycleEvent.shutdown:
      // The host has ended it: that it is off is told by itself.
      return detail === shutdownByHost ? undefined : [say('event.shutdownBegun'), false];
    case lifecycleEvent.pmSuspended:
      return [say('event.suspended'), false];
    case lifecycleEvent.crashed:
      return [say('event.crashed'), true];
    default:
      return undefined;
  }
}

/** Status of a block job (virConnectDomainEventBlockJobStatus): completed, failed, canceled, ready. */
const blockJobEnds: readonly (readonly [MainMessageKey, boolean] | undefined)[] = [
  ['event.jobDone', false],
  ['event.jobFailed', true],
];

/**
 * The history of the domains of one connection. A start tells that its domain is resumed before it tells that it has
 * started: that is no news unless it was paused.
 */
export class DomainHistory {
  readonly #isPaused: (uuid: string) => boolean;
  /** Paused since the last time that they were read. */
  readonly #paused = new Set<string>();

  /** @param isPaused whether a domain was paused when it was last read */
  constructor(isPaused: (uuid: string) => boolean) {
    this.#isPaused = isPaused;
  }

  /** What happened, in our words; undefined for events that only mean that a row has to be read again. */
  hear<E extends keyof EventMessages>(name: E, message: EventMessages[E]): Happening | undefined {
    const found = happeningOf(name, message);
    if (!found) return undefined;
    const { uuid, what } = found;
    if (what.key === 'event.pausedBy') this.#paused.add(uuid);
    else if (what.key === 'event.resumed') return this.#paused.delete(uuid) || this.#isPaused(uuid) ? found : undefined;
    else if (what.key === 'event.stoppedBy') this.#paused.delete(uuid);
    return found;
  }
}

/** What happened, in our words; undefined for events that only mean that a row has to be read again. */
export function happeningOf<E extends keyof EventMessages>(name: E, message: EventMessages[E]): Happening | undefined {
  const event = { name, message } as {
    [K in keyof EventMessages]: { name: K; message: EventMessages[K] };
  }[E] as AnyEvent;
  const found = worded(event);
  return found && { uuid: found[0], what: found[1], bad: found[2] };
}

type AnyEvent = { [K in keyof EventMessages]: { name: K; message: EventMessages[K] } }[keyof EventMessages];

function worded(event: AnyEvent): readonly [uuid: string, what: Message, bad: boolean] | undefined {
  switch (event.name) {
    case 'DOMAIN_EVENT_CALLBACK_LIFECYCLE': {
      const { dom, event: kind, detail } = event.message.msg;
      const found = lifecycle(kind, detail, dom.name);
      return found && [dom.uuid, ...found];
    }
    case 'DOMAIN_EVENT_CALLBACK_REBOOT':
      return [event.message.msg.dom.uuid, say('event.rebooted'), false];
    case 'DOMAIN_EVENT_CALLBACK_WATCHDOG':
      return [event.message.msg.dom.uuid, say('event.watchdog'), true];
    case 'DOMAIN_EVENT_CALLBACK_IO_ERROR_REASON': {
      const { dom, srcPath, devAlias, reason } = event.message.msg;
      return [dom.uuid, say('event.ioError', { disk: srcPath || devAlias, reason: reason || 'other' }), true];
    }
    case 'DOMAIN_EVENT_CALLBACK_AGENT_LIFECYCLE': {
      const { dom, state } = event.message;
      return [dom.uuid, say(state === 1 ? 'event.agentConnected' : 'event.agentDisconnected'), false];
    }
    case 'DOMAIN_EVENT_CALLBACK_DEVICE_ADDED':
      return [event.message.dom.uuid, say('event.deviceAdded', { device: event.message.devAlias }), false];
    case 'DOMAIN_EVENT_CALLBACK_DEVICE_REMOVED': {
      const { dom, devAlias } = event.message.msg;
      return [dom.uuid, say('event.deviceRemoved', { device: devAlias }), false];
    }
    case 'DOMAIN_EVENT_CALLBACK_DISK_CHANGE': {
      const { dom, devAlias } = event.message.msg;
      return [dom.uuid, say('event.mediaChanged', { device: devAlias }), false];
    }
    case 'DOMAIN_EVENT_CALLBACK_METADATA_CHANGE': {
      const { dom, type, nsuri } = event.message;
      // Another program's element says nothing to a person.
      if (type === metadataType.element && nsuri !== posadaNamespace) return undefined;
      const key = type === metadataType.description ? 'event.updated' : 'event.metadataChanged';
      return [dom.uuid, say(key), false];
    }
    case 'DOMAIN_EVENT_BLOCK_JOB_2': {
      const ended = blockJobEnds[event.message.status];
      return ended && [event.message.dom.uuid, say(ended[0]), ended[1]];
    }
    default:
      return undefined;
  }
}
