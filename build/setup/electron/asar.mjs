/**
 * An asar archive of small files in one folder. Format: two Chromium pickles (the size of the header, the header as
 * JSON), then the files' bytes: https://github.com/electron/asar#format
 * @param {Readonly<Record<string, string>>} files name to text
 * @returns {Buffer}
 */
export function asarOf(files) {
  let offset = 0;
  /** @type {Record<string, { offset: string, size: number }>} */
  const entries = {};
  const contents = Object.entries(files).map(([name, text]) => {
    const bytes = Buffer.from(text);
    entries[name] = { offset: String(offset), size: bytes.length };
    offset += bytes.length;
    return bytes;
  });
  const header = Buffer.from(JSON.stringify({ files: entries }));
  const padded = Math.ceil(header.length / 4) * 4;
  const head = Buffer.alloc(16 + padded);
  head.writeUInt32LE(4, 0);
  head.writeUInt32LE(padded + 8, 4);
  head.writeUInt32LE(padded + 4, 8);
  head.writeUInt32LE(header.length, 12);
  header.copy(head, 16);
  return Buffer.concat([head, ...contents]);
}
