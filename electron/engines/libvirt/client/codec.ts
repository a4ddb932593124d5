import { ProtocolError } from './errors.ts';
import { structTable } from './generated/protocol-table.gen.ts';
import { type Hyper, XdrReader, XdrWriter } from './xdr.ts';

export type { Hyper } from './xdr.ts';

/**
 * The value of a typed parameter. `type` is VIR_TYPED_PARAM_…: 1 int, 2 unsigned, 3 hyper, 4 unsigned hyper,
 * 5 double, 6 boolean (an int on the wire), 7 string.
 */
export type TypedValue =
  | { type: 1 | 2 | 5; value: number }
  | { type: 3 | 4; value: Hyper }
  | { type: 6; value: boolean }
  | { type: 7; value: string };

/** Reads and writes one wire type. */
export interface Codec {
  read(from: XdrReader): unknown;
  write(to: XdrWriter, value: unknown): void;
  /** Fewest bytes that a value takes: bounds the count of an array before it is allocated. */
  readonly least: number;
}

const typedStringMost = 4_194_304;

// The wire types of the generated table. Values come from typed callers, so that write() takes them as they are.
const simple: Readonly<Record<string, Codec>> = {
  i: { least: 4, read: (from) => from.int(), write: (to, value) => to.int(value as number) },
  u: { least: 4, read: (from) => from.unsigned(), write: (to, value) => to.unsigned(value as number) },
  h: { least: 8, read: (from) => from.hyper(), write: (to, value) => to.hyper(value as Hyper) },
  H: { least: 8, read: (from) => from.unsignedHyper(), write: (to, value) => to.unsignedHyper(value as Hyper) },
  d: { least: 8, read: (from) => from.double(), write: (to, value) => to.double(value as number) },
  g: { least: 16, read: (from) => from.uuid(), write: (to, value) => to.uuid(value as string) },
  v: { least: 8, read: readTyped, write: (to, value) => writeTyped(to, value as TypedValue) },
};

function readTyped(from: XdrReader): TypedValue {
  const type = from.int();
  switch (type) {
    case 1:
      return { type, value: from.int() };
    case 2:
      return { type, value: from.unsigned() };
    case 3:
      return { type, value: from.hyper() };
    case 4:
      return { type, value: from.unsignedHyper() };
    case 5:
      return { type, value: from.double() };
    case 6:
      return { type, value: from.int() !== 0 };
    case 7:
      return { type, value: from.string(typedStringMost) };
    default:
      throw new ProtocolError(`a typed parameter of type ${type}`);
  }
}

function writeTyped(to: XdrWriter, typed: TypedValue): void {
  to.int(typed.type);
  switch (typed.type) {
    case 1:
      to.int(typed.value);
      break;
    case 2:
      to.unsigned(typed.value);
      break;
    case 3:
      to.hyper(typed.value);
      break;
    case 4:
      to.unsignedHyper(typed.value);
      break;
    case 5:
      to.double(typed.value);
      break;
    case 6:
      to.int(typed.value ? 1 : 0);
      break;
    case 7:
      to.string(typed.value, typedStringMost);
      break;
  }
}

let definitions: Map<string, string> | undefined;
const structs = new Map<string, Codec>();

/**
 * The codec of a struct of the protocol, compiled from the table when it is first needed.
 * @throws Error for a name that is not in the table
 */
export function structCodec(name: string): Codec {
  const known = structs.get(name);
  if (known) return known;
  definitions ??= new Map(
    structTable
      .trim()
      .split('\n')
      .map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1)];
      }),
  );
  const definition = definitions.get(name);
  if (definition === undefined) throw new Error(`no struct ${name} in the protocol`);
  const made = compileStruct(definition);
  structs.set(name, made);
  return made;
}

/** Names of all structs, for tests. */
export function structNames(): string[] {
  return structTable
    .trim()
    .split('\n')
    .map((line) => line.slice(0, line.indexOf(':')));
}

function compileStruct(definition: string): Codec {
  const fields = definition.split(',').map((field) => {
    const [name = '', type = ''] = field.split(' ');
    return { name, codec: compile(type) };
  });
  return {
    least: fields.reduce((sum, { codec }) => sum + codec.least, 0),
    read(from) {
      const value: Record<string, unknown> = {};
      for (const { name, codec } of fields) value[name] = codec.read(from);
      return value;
    },
    write(to, value) {
      for (const { name, codec } of fields) codec.write(to, (value as Record<string, unknown>)[name]);
    },
  };
}

/**
 * Compiles a wire type: a letter of `simple`; s or O and the most bytes (string, opaque); o and the bytes (fixed
 * opaque); = and a struct; ? optional; [most] variable array; {count} fixed array, each before its item's type.
 */
function compile(type: string): Codec {
  const known = simple[type];
  if (known) return known;
  const rest = type.slice(1);
  const size = Number(rest);
  switch (type[0]) {
    case 's':
      return { least: 4, read: (from) => from.string(size), write: (to, value) => to.string(value as string, size) };
    case 'O':
      return {
        least: 4,
        read: (from) => from.opaque(size),
        write: (to, value) => to.opaque(value as Uint8Array, size),
      };
    case 'o':
      return {
        least: size,
        read: (from) => from.fixedOpaque(size),
        write: (to, value) => to.fixedOpaque(value as Uint8Array),
      };
    case '=':
      return structCodec(rest.replace(';', ''));
    case '?':
      return optional(compile(rest));
    case '[':
      return array(compile(type.slice(type.indexOf(']') + 1)), Number(type.slice(1, type.indexOf(']'))));
    case '{':
      return fixedArray(compile(type.slice(type.indexOf('}') + 1)), Number(type.slice(1, type.indexOf('}'))));
    default:
      throw new Error(`no wire type ${type}`);
  }
}

function optional(item: Codec): Codec {
  return {
    least: 4,
    read: (from) => (from.flag() ? item.read(from) : null),
    write(to, value) {
      to.unsigned(value === null || value === undefined ? 0 : 1);
      if (value !== null && value !== undefined) item.write(to, value);
    },
  };
}

function array(item: Codec, most: number): Codec {
  return {
    least: 4,
    read(from) {
      const list = new Array<unknown>(from.count(most, item.least));
      for (let index = 0; index < list.length; index += 1) list[index] = item.read(from);
      return list;
    },
    write(to, value) {
      const list = value as unknown[];
      if (list.length > most) throw new RangeError(`${list.length} items; ${most} are allowed`);
      to.unsigned(list.length);
      for (const each of list) item.write(to, each);
    },
  };
}

function fixedArray(item: Codec, count: number): Codec {
  return {
    least: item.least * count,
    read: (from) => Array.from({ length: count }, () => item.read(from)),
    write(to, value) {
      if ((value as unknown[]).length !== count) throw new RangeError(`${count} items are needed`);
      for (const each of value as unknown[]) item.write(to, each);
    },
  };
}

/** Decodes one whole struct; bytes left over are an error. */
export function decodeStruct(name: string, bytes: Buffer, at = 0): unknown {
  const reader = new XdrReader(bytes, at);
  const value = structCodec(name).read(reader);
  reader.end();
  return value;
}

/** Encodes one struct, leaving `reserve` bytes free in front. */
export function encodeStruct(name: string, value: unknown, reserve = 0): Buffer {
  const writer = new XdrWriter(reserve);
  structCodec(name).write(writer, value);
  return writer.done();
}
