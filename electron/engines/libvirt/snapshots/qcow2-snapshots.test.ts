import { expect, test } from 'vitest';
import { headerBytes, readTable, tablePlace } from './qcow2-snapshots.ts';

/** An entry as QEMU writes it. */
function entry(name: string, extra: Buffer, short = 0): Buffer {
  const fixed = Buffer.alloc(40);
  const [id, text] = [Buffer.from('12'), Buffer.from(name)];
  fixed.writeUInt16BE(id.length, 12);
  fixed.writeUInt16BE(text.length, 14);
  fixed.writeUInt32BE(short, 32);
  fixed.writeUInt32BE(extra.length, 36);
  const whole = Buffer.concat([fixed, extra, id, text]);
  return Buffer.concat([whole, Buffer.alloc((8 - (whole.length % 8)) % 8)]);
}
const large = Buffer.alloc(24);
large.writeBigUInt64BE(5_000_000_000n, 0);

test('a table is read to its end, with old entries and new ones, and what is cut short is not guessed at', () => {
  const table = Buffer.concat([entry('één', large), entry('old', Buffer.alloc(0), 77)]);
  const both = [
    { name: 'één', stateBytes: 5_000_000_000 },
    { name: 'old', stateBytes: 77 },
  ];
  expect(readTable(Buffer.concat([table, Buffer.alloc(99)]), 2)).toEqual(both);
  expect(readTable(table, 1)).toEqual(both.slice(0, 1));
  expect(readTable(table, 3)).toBeUndefined();
  for (const length of [0, 39, 45, 67, 80])
    expect(readTable(table.subarray(0, length), 2), `${length}`).toBeUndefined();
});

test('what is no qcow2 has no table', () => {
  expect(tablePlace(Buffer.alloc(headerBytes))).toBeUndefined();
  expect(tablePlace(Buffer.from('QFI\xfb', 'latin1'))).toBeUndefined();
  const odd = Buffer.alloc(headerBytes, 0xff);
  odd.writeUInt32BE(0x514649fb, 0);
  expect(tablePlace(odd)).toBeUndefined();
});
