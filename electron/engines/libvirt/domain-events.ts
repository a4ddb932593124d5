import {
  domainEventId,
  type EventMessages,
  errorCode,
  LibvirtError,
  lifecycleEvent,
  type RpcConnection,
} from './client/index.ts';

/** Events that change what a row shows. */
const watched = [
  domainEventId.lifecycle,
  domainEventId.reboot,
  domainEventId.watchdog,
  domainEventId.ioErrorReason,
  domainEventId.diskChange,
  domainEventId.pmWakeup,
  domainEventId.pmSuspend,
  domainEventId.balloonChange,
  domainEventId.agentLifecycle,
  domainEventId.deviceAdded,
  domainEventId.deviceRemoved,
  domainEventId.metadataChange,
  domainEventId.trayChange,
  domainEventId.blockJob2,
];

/** Registers for the events of all domains; a driver that lacks one of them is followed by the others. */
export async function watchDomains(connection: RpcConnection): Promise<void> {
  for (const eventID of watched) {
    try {
      await connection.call('CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY', { eventID, dom: null });
    } catch (error) {
      const lacks = error instanceof LibvirtError && error.code === errorCode.noSupport;
      if (!lacks || eventID === domainEventId.lifecycle) throw error;
    }
  }
}

/** The UUID of the domain that an event is about; undefined for events that are about none. */
export function domainChangeOf<E extends keyof EventMessages>(name: E, message: EventMessages[E]): string | undefined {
  if (!name.startsWith('DOMAIN_EVENT_')) return undefined;
  // Older events carry the domain in an inner message, newer ones beside the callback id.
  const outer = message as { dom?: { uuid?: string }; msg?: { dom?: { uuid?: string } } };
  return (outer.dom ?? outer.msg?.dom)?.uuid;
}

/** virDomainEventStartedDetailType: a guest that slept goes on, and has not started anew. */
const startedByWakeup = 4;

/** Whether an event tells that its domain has just started. */
export function isStart<E extends keyof EventMessages>(name: E, message: EventMessages[E]): boolean {
  if (name !== 'DOMAIN_EVENT_CALLBACK_LIFECYCLE') return false;
  const { event, detail } = (message as EventMessages['DOMAIN_EVENT_CALLBACK_LIFECYCLE']).msg;
  return event === lifecycleEvent.started && detail !== startedByWakeup;
}

/** Whether an event may come by the second for as long as something goes on, and changes little in the row. */
export function isFrequent(name: keyof EventMessages): boolean {
  return name === 'DOMAIN_EVENT_CALLBACK_BALLOON_CHANGE';
}
