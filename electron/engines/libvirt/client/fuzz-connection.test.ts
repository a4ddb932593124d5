import net from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { encodeStruct } from './codec.ts';
import { connect } from './connect.ts';
import type { RpcConnection } from './connection.ts';
import { ConnectionLostError, LibvirtError } from './errors.ts';
import { type Frame, type Header, messageStatus, messageType, mostFrameBytes, prefixBytes, rawFrame } from './frame.ts';
import { keepaliveProgram } from './keepalive.ts';
import { allProcedures, procedureNamed } from './procedures.ts';
import type { LibvirtStream } from './stream.ts';
import { type FakeClient, FakeServer } from './testing/fake-server.ts';

const dom = { name: 'a', uuid: '00000000-0000-4000-8000-00000000000a', id: 1 };
const error = { code: 9, domain: 1, message: 'no', level: 2, dom: null, str1: null, str2: null, str3: null };
const bodies = {
  none: Buffer.alloc(0),
  data: Buffer.from('some bytes'),
  list: encodeStruct('remote_connect_list_all_domains_ret', { domains: [dom, dom], ret: 2 }),
  xml: encodeStruct('remote_domain_get_xml_desc_ret', { xml: '<domain/>' }),
  type: encodeStruct('remote_connect_get_type_ret', { type: 'QEMU' }),
  error: encodeStruct('remote_error', { ...error, int1: 0, int2: 0, net: null }),
  event: encodeStruct('remote_domain_event_callback_lifecycle_msg', {
    callbackID: 1,
    msg: { dom, event: 2, detail: 0 },
  }),
};

/** The calls that wait while the daemon misbehaves, in the order in which they are made. */
const names = ['DOMAIN_OPEN_CONSOLE', 'CONNECT_LIST_ALL_DOMAINS', 'DOMAIN_GET_XML_DESC', 'CONNECT_GET_TYPE'] as const;
const eventNames = new Set<string>(allProcedures().flatMap(({ name, message }) => (message ? [name] : [])));

/** Messages as a daemon sends them, by the call that they belong to. */
const { reply, message, stream: packet } = messageType;
const { ok, error: refused, continue: more } = messageStatus;
const { number: eventNumber } = procedureNamed('DOMAIN_EVENT_CALLBACK_LIFECYCLE');
const loose = { type: message, serial: 0 };
const proper: { to: number; header: Partial<Header>; body: keyof typeof bodies }[] = [
  { to: 0, header: { type: packet, status: more }, body: 'data' },
  { to: 0, header: { type: packet, status: more }, body: 'none' },
  { to: 0, header: { type: packet, status: ok }, body: 'none' },
  { to: 0, header: { type: packet, status: refused }, body: 'error' },
  { to: 1, header: { type: reply, status: ok }, body: 'list' },
  { to: 1, header: { type: reply, status: refused }, body: 'error' },
  { to: 2, header: { type: reply, status: ok }, body: 'xml' },
  { to: 3, header: { type: reply, status: ok }, body: 'type' },
  { to: 0, header: { ...loose, procedure: eventNumber }, body: 'event' },
  { to: 0, header: { ...loose, procedure: 9999 }, body: 'data' },
  { to: 0, header: { ...loose, program: keepaliveProgram, procedure: 1 }, body: 'none' },
  { to: 0, header: { ...loose, program: keepaliveProgram, procedure: 2 }, body: 'none' },
];

const word = fc.oneof(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 0x7fff_ffff }));
/** One time in so many; else undefined. */
const seldom = <T>(times: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const hostileMessage = fc.record({
  base: fc.constantFrom(...proper),
  field: fc.constantFrom('program', 'version', 'procedure', 'type', 'serial', 'status'),
  value: seldom(3, word),
  body: seldom(4, fc.oneof(fc.constantFrom(...Object.values(bodies)), fc.uint8Array({ maxLength: 80 }))),
  length: seldom(12, fc.oneof(fc.constantFrom(0, 27, 29, mostFrameBytes, mostFrameBytes + 1, 0xffff_ffff), word)),
  cut: seldom(8, fc.nat({ max: 40 })),
});
type HostileMessage = typeof hostileMessage extends fc.Arbitrary<infer T> ? T : never;

const hostile = fc.record({
  messages: fc.array(hostileMessage, { minLength: 1, maxLength: 4 }),
  spoil: seldom(4, fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }) })),
  use: fc.constantFrom('read', 'write', 'finish', 'abort'),
  givenUp: fc.boolean(),
});

function bytesOf({ base, field, value, body, length, cut }: HostileMessage, calls: readonly Frame[]): Buffer {
  const header = { ...(calls[base.to] as Frame), ...base.header, ...(value !== undefined && { [field]: value }) };
  const bytes = rawFrame(header, body ?? bodies[base.body]);
  const kept = cut === undefined ? bytes : bytes.subarray(0, Math.max(prefixBytes, bytes.length - cut));
  // A shorter body mostly has its length right: else it would only be the beginning of the next message.
  kept.writeUInt32BE(length ?? kept.length, 0);
  return kept;
}

/** Whether the lengths in these bytes lead from message to message up to their end. */
function isWhole(bytes: Buffer): boolean {
  let at = 0;
  while (at + prefixBytes <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (length < prefixBytes || length > bytes.length - at) return false;
    at += length;
  }
  return at === bytes.length;
}

async function useStream(stream: LibvirtStream, use: string): Promise<void> {
  if (use === 'write') await stream.write(Buffer.from('typed'));
  if (use === 'finish') await stream.finish();
  if (use === 'abort') stream.abort();
  while (await stream.read());
}

describe('a connection to a daemon that sends anything', () => {
  let server: FakeServer;
  const connections: RpcConnection[] = [];
  const unhandled = vi.fn();

  beforeAll(async () => {
    server = await FakeServer.start();
    process.on('unhandledRejection', unhandled);
  });
  afterEach(() => {
    for (const connection of connections.splice(0)) connection.close();
  });
  afterAll(async () => {
    process.off('unhandledRejection', unhandled);
    await server.stop();
  });

  /** Opens a connection whose calls all wait, and says at once what the daemon heard of them. */
  async function waitingCalls(givenUp: boolean) {
    const heard: Frame[] = [];
    let client: FakeClient | undefined;
    const packets = vi.fn();
    const all = new Promise<void>((resolve) => {
      server.answer = (from, { name, frame }) => {
        client = from;
        if (frame.type === packet) return packets(frame.status);
        if (!names.includes(name as (typeof names)[number])) return false;
        if (name === 'DOMAIN_OPEN_CONSOLE') from.reply(frame);
        if (heard.push(frame) === names.length) resolve();
        return true;
      };
    });
    const [event, lost] = [vi.fn(), vi.fn()];
    const socket = net.connect(server.path);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const connection = await connect({ uri: '', transport: async () => socket }, { event, lost });
    connections.push(connection);
    const { stream } = await connection.openStream('DOMAIN_OPEN_CONSOLE', { dom, dev_name: null, flags: 0 });
    const abort = new AbortController();
    const calls = [
      connection.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 0 }, { signal: abort.signal }),
      connection.call('DOMAIN_GET_XML_DESC', { dom, flags: 0 }),
      connection.call('CONNECT_GET_TYPE'),
    ];
    const results = Promise.allSettled(calls);
    await all;
    if (givenUp) abort.abort(new LibvirtError({ ...error, int1: 0, int2: 0, net: null }));
    return { client: client as FakeClient, connection, heard, stream, results, closed, event, lost, packets };
  }

  test('stays usable or ends with one failure; every call settles and nothing else happens', async () => {
    const outcomes = { usable: 0, protocol: 0, cut: 0 };
    await fc.assert(
      fc.asyncProperty(hostile, async ({ messages, spoil, use, givenUp }) => {
        const { client, connection, heard, stream, results, closed, event, lost, packets } =
          await waitingCalls(givenUp);
        const streamed = useStream(stream, use).catch((reason: unknown) => reason);
        const bytes = Buffer.concat(messages.map((each) => bytesOf(each, heard)));
        if (spoil) bytes[spoil.at % bytes.length] = spoil.byte;
        client.socket.write(bytes);
        // What a usable connection must still understand, and then the end for the calls that were never answered.
        client.reply(heard[3] as Frame, { type: 'QEMU' });
        client.socket.end();

        const settled = await results;
        const left = await streamed;
        await closed;
        expect(lost).toHaveBeenCalledTimes(1);
        const failure = lost.mock.lastCall?.[0] as ConnectionLostError;
        expect(failure).toBeInstanceOf(ConnectionLostError);
        expect(failure.reason).toMatch(/^(protocol|ended|socket)$/);
        expect(connection.isLost).toBe(true);
        for (const each of settled) {
          if (each.status === 'rejected' && each.reason !== failure) expect(each.reason).toBeInstanceOf(LibvirtError);
        }
        if (left !== undefined && left !== failure && !(use === 'abort' && left instanceof Error)) {
          expect(left).toBeInstanceOf(LibvirtError);
        }
        if (failure.reason !== 'protocol' && isWhole(bytes)) {
          outcomes.usable += 1;
          const probe = settled[2];
          expect(probe?.status === 'rejected' && probe.reason === failure).toBe(false);
        } else outcomes[failure.reason === 'protocol' ? 'protocol' : 'cut'] += 1;

        expect(client.calls.slice(3)).toEqual(names);
        expect(client.pings).toBe(0);
        expect(packets.mock.calls.length).toBeLessThanOrEqual(use === 'read' ? 0 : 1);
        expect(event.mock.calls.length).toBeLessThanOrEqual(bytes.length / prefixBytes);
        for (const [name] of event.mock.calls) expect(eventNames).toContain(name);
      }),
      { seed: 20261123, numRuns: 600, timeout: 2000, endOnFailure: true },
    );
    // Each end is met, so that the generator is neither too tame nor too wild.
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(10);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
