import { ProtocolError } from './errors.ts';

/** Bytes of the length word and of the header after it (virnetprotocol.x). */
export const lengthBytes = 4;
export const headerBytes = 24;
export const prefixBytes = lengthBytes + headerBytes;
/** Largest message, with its length word: VIR_NET_MESSAGE_MAX + VIR_NET_MESSAGE_LEN_MAX. */
export const mostFrameBytes = 33_554_436;
/** Most payload bytes of one stream packet: VIR_NET_MESSAGE_LEGACY_PAYLOAD_MAX, which every daemon takes. */
export const mostStreamBytes = 262_120;

/** virNetMessageType. */
export const messageType = { call: 0, reply: 1, message: 2, stream: 3, callFds: 4, replyFds: 5, hole: 6 } as const;
/** virNetMessageStatus. */
export const messageStatus = { ok: 0, error: 1, continue: 2 } as const;

export interface Header {
  readonly program: number;
  readonly version: number;
  readonly procedure: number;
  readonly type: number;
  readonly serial: number;
  readonly status: number;
}

/** One message: its header and the buffer that holds it whole; the payload begins at `prefixBytes`. */
export interface Frame extends Header {
  readonly bytes: Buffer;
}

/** Writes length and header into the reserved first `prefixBytes` of a message. */
export function writeHeader(bytes: Buffer, header: Header): Buffer {
  bytes.writeUInt32BE(bytes.length, 0);
  bytes.writeUInt32BE(header.program, 4);
  bytes.writeUInt32BE(header.version, 8);
  bytes.writeInt32BE(header.procedure, 12);
  bytes.writeInt32BE(header.type, 16);
  bytes.writeUInt32BE(header.serial, 20);
  bytes.writeInt32BE(header.status, 24);
  return bytes;
}

/** A message without payload. */
export function emptyFrame(header: Header): Buffer {
  return writeHeader(Buffer.alloc(prefixBytes), header);
}

/** A message whose payload is these raw bytes. */
export function rawFrame(header: Header, payload: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(prefixBytes + payload.length);
  bytes.set(payload, prefixBytes);
  return writeHeader(bytes, header);
}

/** Cuts the bytes of a socket into messages, however they arrive; a length out of range is the end. */
export class FrameSplitter {
  #chunks: Buffer[] = [];
  #bytes = 0;
  #needed = lengthBytes;

  /**
   * Takes the next bytes and calls `found` for each message that is whole now.
   * @throws ProtocolError for a length that no message can have
   */
  push(chunk: Buffer, found: (frame: Frame) => void): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < this.#needed) return;
    let all = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#bytes);
    this.#needed = lengthBytes;
    while (all.length >= lengthBytes) {
      const length = all.readUInt32BE(0);
      if (length < prefixBytes || length > mostFrameBytes) throw new ProtocolError(`a message of ${length} bytes`);
      if (all.length < length) {
        this.#needed = length;
        break;
      }
      const bytes = all.subarray(0, length);
      all = all.subarray(length);
      found(readFrame(bytes));
    }
    this.#chunks = all.length > 0 ? [all] : [];
    this.#bytes = all.length;
  }
}

function readFrame(bytes: Buffer): Frame {
  return {
    bytes,
    program: bytes.readUInt32BE(4),
    version: bytes.readUInt32BE(8),
    procedure: bytes.readInt32BE(12),
    type: bytes.readInt32BE(16),
    serial: bytes.readUInt32BE(20),
    status: bytes.readInt32BE(24),
  };
}
