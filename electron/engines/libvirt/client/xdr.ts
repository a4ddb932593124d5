import { ProtocolError } from './errors.ts';

/** A 64-bit whole number: a number where that is exact, else a bigint. */
export type Hyper = number | bigint;

/**
 * Reads XDR (RFC 4506: big endian, units of 4 bytes) and believes nothing: every length is checked against what is
 * allowed and against the bytes that are left, before anything is allocated.
 */
export class XdrReader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  int(): number {
    const at = this.#take(4);
    return this.#bytes.readInt32BE(at);
  }

  unsigned(): number {
    const at = this.#take(4);
    return this.#bytes.readUInt32BE(at);
  }

  hyper(): Hyper {
    const at = this.#take(8);
    const high = this.#bytes.readInt32BE(at);
    // Within plus or minus 2^53 a double is exact.
    if (high >= -0x20_0000 && high < 0x20_0000) return high * 0x1_0000_0000 + this.#bytes.readUInt32BE(at + 4);
    return this.#bytes.readBigInt64BE(at);
  }

  unsignedHyper(): Hyper {
    const at = this.#take(8);
    const high = this.#bytes.readUInt32BE(at);
    if (high < 0x20_0000) return high * 0x1_0000_0000 + this.#bytes.readUInt32BE(at + 4);
    return this.#bytes.readBigUInt64BE(at);
  }

  double(): number {
    return this.#bytes.readDoubleBE(this.#take(8));
  }

  /** An optional's or a boolean's mark: 0 or 1, nothing else. */
  flag(): boolean {
    const value = this.unsigned();
    if (value > 1) throw new ProtocolError(`a flag is ${value}`);
    return value === 1;
  }

  string(most: number): string {
    const length = this.#length(most);
    const at = this.#take(length);
    const text = this.#bytes.toString('utf8', at, at + length);
    this.#padding(length);
    return text;
  }

  /** A copy: the receive buffer is not kept alive by it. */
  opaque(most: number): Uint8Array {
    return this.fixedOpaque(this.#length(most));
  }

  fixedOpaque(length: number): Uint8Array {
    const at = this.#take(length);
    const copy = new Uint8Array(this.#bytes.subarray(at, at + length));
    this.#padding(length);
    return copy;
  }

  /** 16 raw bytes as 8-4-4-4-12 hexadecimal digits. */
  uuid(): string {
    const at = this.#take(16);
    const hex = this.#bytes.toString('hex', at, at + 16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** The count of an array whose items take at least `least` bytes each. */
  count(most: number, least: number): number {
    const count = this.unsigned();
    if (count > most || count * least > this.left) throw new ProtocolError(`an array of ${count} items`);
    return count;
  }

  end(): void {
    if (this.left !== 0) throw new ProtocolError(`${this.left} bytes too many`);
  }

  #length(most: number): number {
    const length = this.unsigned();
    if (length > most || length > this.left) throw new ProtocolError(`a length of ${length}`);
    return length;
  }

  #take(bytes: number): number {
    const at = this.#at;
    if (bytes > this.#bytes.length - at) throw new ProtocolError('the message ends too early');
    this.#at = at + bytes;
    return at;
  }

  #padding(length: number): void {
    const pad = -length & 3;
    for (let at = this.#take(pad); at < this.#at; at += 1) {
      if (this.#bytes[at] !== 0) throw new ProtocolError('padding is not zero');
    }
  }
}

/** Writes XDR into a buffer that grows. Values out of range throw a RangeError before anything is sent. */
export class XdrWriter {
  #bytes: Buffer;
  #at: number;

  /** @param reserve bytes left free at the beginning, for a header that is written afterwards */
  constructor(reserve = 0) {
    this.#bytes = Buffer.allocUnsafe(Math.max(256, reserve * 2));
    this.#at = reserve;
  }

  int(value: number): void {
    const at = this.#room(4);
    this.#bytes.writeInt32BE(value, at);
  }

  unsigned(value: number): void {
    const at = this.#room(4);
    this.#bytes.writeUInt32BE(value, at);
  }

  hyper(value: Hyper): void {
    const at = this.#room(8);
    this.#bytes.writeBigInt64BE(BigInt(value), at);
  }

  unsignedHyper(value: Hyper): void {
    const at = this.#room(8);
    this.#bytes.writeBigUInt64BE(BigInt(value), at);
  }

  double(value: number): void {
    const at = this.#room(8);
    this.#bytes.writeDoubleBE(value, at);
  }

  string(value: string, most: number): void {
    const length = Buffer.byteLength(value);
    if (length > most) throw new RangeError(`a string of ${length} bytes; ${most} are allowed`);
    this.unsigned(length);
    const at = this.#room(length + (-length & 3));
    this.#bytes.write(value, at);
    this.#bytes.fill(0, at + length, this.#at);
  }

  opaque(value: Uint8Array, most: number): void {
    if (value.length > most) throw new RangeError(`${value.length} bytes; ${most} are allowed`);
    this.unsigned(value.length);
    this.fixedOpaque(value);
  }

  fixedOpaque(value: Uint8Array): void {
    const at = this.#room(value.length + (-value.length & 3));
    this.#bytes.set(value, at);
    this.#bytes.fill(0, at + value.length, this.#at);
  }

  uuid(value: string): void {
    const hex = value.replaceAll('-', '');
    if (!/^[0-9a-fA-F]{32}$/.test(hex)) throw new RangeError(`not a UUID: ${value}`);
    this.fixedOpaque(Buffer.from(hex, 'hex'));
  }

  /** What has been written, with the reserved bytes in front. */
  done(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Makes room and tells where. To be called before `#bytes` is used: it may put a larger buffer in place. */
  #room(bytes: number): number {
    const at = this.#at;
    this.#at += bytes;
    if (this.#at > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#at, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, at);
      this.#bytes = larger;
    }
    return at;
  }
}
