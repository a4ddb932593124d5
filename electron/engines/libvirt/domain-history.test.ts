import { describe, expect, test } from 'vitest';
import { message as messageSchema } from '../../../shared/message.ts';
import { lifecycleEvent } from './client/index.ts';
import { DomainHistory, happeningOf } from './domain-history.ts';
import { fakeDomain } from './testing/fakes.ts';
import { posadaNamespace } from './xml/posada-metadata.ts';

const dom = fakeDomain(1, 'web');
const life = (event: number, detail: number) =>
  happeningOf('DOMAIN_EVENT_CALLBACK_LIFECYCLE', { callbackID: 1, msg: { dom, event, detail } });

describe('what happened to a domain', () => {
  test.each([
    ['defined', 0, 'event.defined', undefined, false],
    ['defined', 1, 'event.updated', undefined, false],
    ['defined', 2, 'event.renamed', { name: 'web' }, false],
    ['undefined', 0, 'event.undefined', undefined, false],
    ['started', 0, 'event.startedFrom', { how: 'booted' }, false],
    ['started', 2, 'event.startedFrom', { how: 'restored' }, false],
    ['started', 99, 'event.startedFrom', { how: 'other' }, false],
    ['suspended', 0, 'event.pausedBy', { why: 'user' }, false],
    ['suspended', 2, 'event.pausedBy', { why: 'ioError' }, true],
    ['suspended', 6, 'event.pausedBy', { why: 'apiError' }, true],
    ['resumed', 0, 'event.resumed', undefined, false],
    ['stopped', 0, 'event.stoppedBy', { why: 'shutdown' }, false],
    ['stopped', 1, 'event.stoppedBy', { why: 'destroyed' }, false],
    ['stopped', 2, 'event.stoppedBy', { why: 'crashed' }, true],
    ['stopped', 4, 'event.stoppedBy', { why: 'saved' }, false],
    ['shutdown', 1, 'event.shutdownBegun', undefined, false],
    ['shutdown', 0, 'event.shutdownBegun', undefined, false],
    ['pmSuspended', 0, 'event.suspended', undefined, false],
    ['crashed', 0, 'event.crashed', undefined, true],
  ] as const)('%s with detail %i is worded', (event, detail, key, params, bad) => {
    const found = life(lifecycleEvent[event], detail);
    expect(found).toEqual({ uuid: dom.uuid, what: params ? { key, params } : { key }, bad });
    expect(messageSchema.safeParse(found?.what).error).toBeUndefined();
  });

  test('a rename is told once, and what a newer libvirt adds is left out', () => {
    expect(life(lifecycleEvent.undefined, 1)).toBeUndefined();
    expect(life(42, 0)).toBeUndefined();
    // Forced off: that is told by the next event.
    expect(life(lifecycleEvent.shutdown, 2)).toBeUndefined();
  });

  test('devices, disks, agent, watchdog, jobs and metadata have their words', () => {
    const told = [
      happeningOf('DOMAIN_EVENT_CALLBACK_REBOOT', { callbackID: 1, msg: { dom } }),
      happeningOf('DOMAIN_EVENT_CALLBACK_WATCHDOG', { callbackID: 1, msg: { dom, action: 1 } }),
      happeningOf('DOMAIN_EVENT_CALLBACK_IO_ERROR_REASON', {
        callbackID: 1,
        msg: { dom, srcPath: '/images/web', devAlias: 'virtio-disk0', action: 1, reason: 'enospc' },
      }),
      happeningOf('DOMAIN_EVENT_CALLBACK_AGENT_LIFECYCLE', { callbackID: 1, dom, state: 1, reason: 1 }),
      happeningOf('DOMAIN_EVENT_CALLBACK_AGENT_LIFECYCLE', { callbackID: 1, dom, state: 2, reason: 1 }),
      happeningOf('DOMAIN_EVENT_CALLBACK_DEVICE_ADDED', { callbackID: 1, dom, devAlias: 'net1' }),
      happeningOf('DOMAIN_EVENT_CALLBACK_DEVICE_REMOVED', { callbackID: 1, msg: { dom, devAlias: 'net1' } }),
      happeningOf('DOMAIN_EVENT_CALLBACK_DISK_CHANGE', {
        callbackID: 1,
        msg: { dom, oldSrcPath: null, newSrcPath: '/iso', devAlias: 'sata0', reason: 0 },
      }),
      happeningOf('DOMAIN_EVENT_CALLBACK_METADATA_CHANGE', { callbackID: 1, dom, type: 2, nsuri: posadaNamespace }),
      happeningOf('DOMAIN_EVENT_CALLBACK_METADATA_CHANGE', { callbackID: 1, dom, type: 1, nsuri: null }),
      happeningOf('DOMAIN_EVENT_CALLBACK_METADATA_CHANGE', { callbackID: 1, dom, type: 0, nsuri: null }),
      happeningOf('DOMAIN_EVENT_BLOCK_JOB_2', { callbackID: 1, dom, dst: 'vda', type: 1, status: 0 }),
      happeningOf('DOMAIN_EVENT_BLOCK_JOB_2', { callbackID: 1, dom, dst: 'vda', type: 1, status: 1 }),
    ];
    expect(told.map((each) => [each?.what.key, each?.bad])).toEqual([
      ['event.rebooted', false],
      ['event.watchdog', true],
      ['event.ioError', true],
      ['event.agentConnected', false],
      ['event.agentDisconnected', false],
      ['event.deviceAdded', false],
      ['event.deviceRemoved', false],
      ['event.mediaChanged', false],
      ['event.metadataChanged', false],
      ['event.metadataChanged', false],
      ['event.updated', false],
      ['event.jobDone', false],
      ['event.jobFailed', true],
    ]);
    const others = { callbackID: 1, dom, type: 2, nsuri: 'http://libosinfo.org/xmlns/libvirt/domain/1.0' };
    expect(happeningOf('DOMAIN_EVENT_CALLBACK_METADATA_CHANGE', others)).toBeUndefined();
    const ready = { callbackID: 1, dom, dst: 'vda', type: 1, status: 3 };
    expect(happeningOf('DOMAIN_EVENT_BLOCK_JOB_2', ready)).toBeUndefined();
    expect(
      happeningOf('DOMAIN_EVENT_CALLBACK_TRAY_CHANGE', { callbackID: 1, msg: { dom, devAlias: 'x', reason: 0 } }),
    ).toBeUndefined();
  });
});

describe('that a domain is resumed', () => {
  const { suspended, resumed, started, stopped } = lifecycleEvent;
  function told(history: DomainHistory, ...kinds: number[]): (string | undefined)[] {
    return kinds.map((event) => {
      const message = { callbackID: 1, msg: { dom, event, detail: 0 } };
      return history.hear('DOMAIN_EVENT_CALLBACK_LIFECYCLE', message)?.what.key;
    });
  }

  test('is no news at its start', () => {
    const history = new DomainHistory(() => false);
    expect(told(history, resumed, started)).toEqual([undefined, 'event.startedFrom']);
    expect(told(history, suspended, stopped, resumed)).toEqual(['event.pausedBy', 'event.stoppedBy', undefined]);
  });

  test('is told when it was paused, before this began or since', () => {
    const history = new DomainHistory(() => false);
    expect(told(history, suspended, resumed, resumed)).toEqual(['event.pausedBy', 'event.resumed', undefined]);
    expect(told(new DomainHistory(() => true), resumed)).toEqual(['event.resumed']);
  });
});
