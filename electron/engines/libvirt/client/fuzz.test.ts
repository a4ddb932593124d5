import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeStruct, encodeStruct, structCodec, structNames } from './codec.ts';
import { ProtocolError } from './errors.ts';
import { FrameSplitter, prefixBytes, rawFrame } from './frame.ts';
import { structTable } from './generated/protocol-table.gen.ts';
import { allProcedures } from './procedures.ts';

const runs = { seed: 20261123, numRuns: 30 };
const definitions = new Map(
  structTable
    .trim()
    .split('\n')
    .map((line) => line.split(/:(.*)/s) as [string, string]),
);

const hyper = (least: bigint, most: bigint) =>
  fc
    .bigInt({ min: least, max: most })
    .map((value) => (value >= -(2n ** 53n) && value < 2n ** 53n ? Number(value) : value));
const signed = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });
const unsigned = fc.nat({ max: 0xffff_ffff });
const long = hyper(-(2n ** 63n), 2n ** 63n - 1n);
const unsignedLong = hyper(0n, 2n ** 64n - 1n);
const double = fc.double({ noNaN: true });
const string = fc.string({ unit: 'binary', maxLength: 12 });

/** Values of a wire type, from the same table that the codec is made of. */
function values(type: string, depth = 0): fc.Arbitrary<unknown> {
  switch (type[0]) {
    case 'i':
      return signed;
    case 'u':
      return unsigned;
    case 'h':
      return long;
    case 'H':
      return unsignedLong;
    case 'd':
      return double;
    case 'g':
      return fc.uuid();
    case 'v':
      return fc.oneof(
        fc.record({ type: fc.constant(1), value: signed }),
        fc.record({ type: fc.constant(2), value: unsigned }),
        fc.record({ type: fc.constant(3), value: long }),
        fc.record({ type: fc.constant(4), value: unsignedLong }),
        fc.record({ type: fc.constant(5), value: double }),
        fc.record({ type: fc.constant(6), value: fc.boolean() }),
        fc.record({ type: fc.constant(7), value: string }),
      );
    case 's':
      return string;
    case 'O':
      return fc.uint8Array({ maxLength: Math.min(9, Number(type.slice(1))) });
    case 'o':
      return fc.uint8Array({ minLength: Number(type.slice(1)), maxLength: Number(type.slice(1)) });
    case '=':
      return struct(type.slice(1).replace(';', ''), depth + 1);
    case '?':
      return fc.option(values(type.slice(1), depth + 1), { nil: null });
    case '[':
      return fc.array(values(type.slice(type.indexOf(']') + 1), depth + 1), { maxLength: depth > 2 ? 1 : 3 });
    case '{': {
      const count = Number(type.slice(1, type.indexOf('}')));
      return fc.array(values(type.slice(type.indexOf('}') + 1), depth + 1), { minLength: count, maxLength: count });
    }
    default:
      throw new Error(type);
  }
}

function struct(name: string, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  const fields = (definitions.get(name) ?? '').split(',').map((field) => field.split(' ') as [string, string]);
  return fc.record(Object.fromEntries(fields.map(([field, type]) => [field, values(type, depth)])));
}

const normal = (value: unknown) =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'bigint' ? `${each}n` : Object.is(each, -0) ? 0 : each,
  );

describe('the codec', () => {
  test('knows every struct that a procedure names', () => {
    expect(structNames().length).toBeGreaterThan(600);
    expect(allProcedures().length).toBeGreaterThan(450);
    for (const { args, ret, message } of allProcedures()) {
      for (const name of [args, ret, message]) if (name) expect(structCodec(name).least).toBeGreaterThanOrEqual(4);
    }
  });

  test('gives back what went in, for every struct of the protocol', () => {
    for (const name of structNames()) {
      fc.assert(
        fc.property(struct(name), (value) => {
          const bytes = encodeStruct(name, value);
          expect(bytes.length % 4).toBe(0);
          expect(normal(decodeStruct(name, bytes))).toBe(normal(value));
        }),
        { ...runs, numRuns: 8 },
      );
    }
  });

  test('meets spoilt bytes with a ProtocolError and nothing else, and allocates no more than they can hold', () => {
    const names = [
      'remote_connect_get_all_domain_stats_ret',
      'remote_error',
      'remote_connect_list_all_domains_ret',
      'remote_domain_get_vcpus_ret',
      'remote_domain_event_callback_lifecycle_msg',
      'remote_auth_sasl_start_ret',
    ];
    for (const name of names) {
      const spoil = fc.record({
        value: struct(name),
        at: fc.nat(),
        byte: fc.nat({ max: 255 }),
        cut: fc.option(fc.nat()),
        more: fc.uint8Array({ maxLength: 8 }),
      });
      fc.assert(
        fc.property(spoil, ({ value, at, byte, cut, more }) => {
          let bytes = Buffer.concat([encodeStruct(name, value), more]);
          if (bytes.length > 0) bytes[at % bytes.length] = byte;
          if (cut !== null) bytes = bytes.subarray(0, cut % (bytes.length + 1));
          try {
            decodeStruct(name, bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(ProtocolError);
          }
        }),
        { ...runs, numRuns: 300 },
      );
    }
  });

  test('meets random bytes in the same way', () => {
    fc.assert(
      fc.property(fc.constantFrom(...structNames()), fc.uint8Array({ maxLength: 200 }), (name, bytes) => {
        try {
          decodeStruct(name, Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
      { ...runs, numRuns: 3000 },
    );
  });

  test('keeps 64-bit numbers exact', () => {
    const name = 'remote_node_get_cpu_stats';
    for (const value of [0, 2 ** 52, 2 ** 53 - 1, 2n ** 53n, 2n ** 64n - 1n, 1_800_000_000_000_000_000n]) {
      const { value: back } = decodeStruct(name, encodeStruct(name, { field: 'f', value })) as { value: unknown };
      expect(BigInt(back as number)).toBe(BigInt(value));
    }
  });

  test('refuses what cannot be sent before anything is sent', () => {
    expect(() => encodeStruct('remote_nonnull_domain', { name: 'a', uuid: 'no uuid', id: 1 })).toThrow(RangeError);
    expect(() => encodeStruct('remote_nonnull_domain', { name: 'a', uuid: '0'.repeat(32), id: 2 ** 40 })).toThrow(
      RangeError,
    );
  });
});

describe('the splitter', () => {
  test('finds the same messages however the bytes are cut', () => {
    const message = fc.record({ procedure: fc.nat({ max: 500 }), payload: fc.uint8Array({ maxLength: 60 }) });
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
        (messages, cuts) => {
          const bytes = Buffer.concat(
            messages.map(({ procedure, payload }) =>
              rawFrame({ program: 1, version: 1, procedure, type: 1, serial: 1, status: 0 }, payload),
            ),
          );
          const found: { procedure: number; payload: number[] }[] = [];
          const splitter = new FrameSplitter();
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const size = cuts[turn % cuts.length] ?? 1;
            splitter.push(bytes.subarray(at, at + size), (frame) =>
              found.push({ procedure: frame.procedure, payload: [...frame.bytes.subarray(prefixBytes)] }),
            );
            at += size;
          }
          expect(found).toEqual(messages.map(({ procedure, payload }) => ({ procedure, payload: [...payload] })));
        },
      ),
      { ...runs, numRuns: 200 },
    );
  });
});
