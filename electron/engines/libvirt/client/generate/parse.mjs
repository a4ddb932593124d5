// @ts-check
/**
 * A parser for the part of the XDR language (RFC 4506) that libvirt's .x files use.
 * @typedef {{ name: string, type: string, shape: 'plain' | 'optional' | 'fixed' | 'variable', size: number }} Field
 * @typedef {{ constants: Map<string, number>, typedefs: Map<string, Field>, structs: Map<string, Field[]>,
 *   enums: Map<string, [string, number][]>, streams: Map<string, 'read' | 'write'> }} Definitions
 */

/** Sizes that the .x files take from header files (libvirt.h, libvirt-host.h). */
const headerConstants = {
  VIR_UUID_BUFLEN: 16,
  VIR_SECURITY_LABEL_BUFLEN: 4097,
  VIR_SECURITY_MODEL_BUFLEN: 257,
  VIR_SECURITY_DOI_BUFLEN: 257,
};

/**
 * Parses definition files, adding to what is known already: later files use the types of earlier ones.
 * @param {string} source @param {Definitions} [known] @returns {Definitions}
 */
export function parse(source, known) {
  const all = known ?? {
    constants: new Map(Object.entries(headerConstants)),
    typedefs: new Map(),
    structs: new Map(),
    enums: new Map(),
    streams: new Map(),
  };
  readStreams(source, all.streams);
  const text = source.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/^%.*$/gm, ' ');
  const statement =
    /const\s+(\w+)\s*=\s*(\w+)\s*;|typedef\s+([^;]+);|enum\s+(\w+)\s*\{([^}]*)\}\s*;|struct\s+(\w+)\s*\{([^}]*)\}\s*;/g;
  for (const [, name, value, typedef, enumName, enumBody, struct, body] of text.matchAll(statement)) {
    if (name && value) all.constants.set(name, number(value, all.constants));
    else if (typedef) {
      const field = parseField(typedef, all.constants);
      all.typedefs.set(field.name, field);
    } else if (enumName && enumBody) all.enums.set(enumName, parseEnum(enumBody));
    else if (struct && body !== undefined) {
      const fields = body
        .split(';')
        .map((line) => line.trim())
        .filter(Boolean);
      all.structs.set(
        struct,
        fields.map((line) => parseField(line, all.constants)),
      );
    }
  }
  return all;
}

/** @param {string} body @returns {[string, number][]} */
function parseEnum(body) {
  let next = 0;
  return body
    .split(',')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [name = '', value] = line.split('=').map((part) => part.trim());
      next = value === undefined ? next : Number(value);
      return [name, next++];
    });
}

/** @param {string} line @param {Map<string, number>} constants @returns {Field} */
function parseField(line, constants) {
  const match = /^(.+?)\s*(\*?)\s*(\w+)\s*(?:([[<])\s*(\w*)\s*[\]>])?$/s.exec(line.replace(/\s+/g, ' ').trim());
  const [, type, star, name, bracket, size] = match ?? [];
  if (!type || !name) throw new Error(`not understood: ${line}`);
  const shape = star ? 'optional' : bracket === '[' ? 'fixed' : bracket === '<' ? 'variable' : 'plain';
  return { name, type, shape, size: size ? number(size, constants) : 0 };
}

/** @param {string} text @param {Map<string, number>} constants */
function number(text, constants) {
  const value = constants.get(text) ?? Number(text);
  if (!Number.isFinite(value)) throw new Error(`unknown constant: ${text}`);
  return value;
}

/**
 * Notes which procedures open a stream: their comment has @readstream (daemon to client) or @writestream.
 * @param {string} source @param {Map<string, 'read' | 'write'>} streams
 */
function readStreams(source, streams) {
  for (const [, comment, name] of source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+_PROC_\w+)\s*=/g)) {
    const direction = /@(read|write)stream/.exec(comment ?? '')?.[1];
    if (name && (direction === 'read' || direction === 'write')) streams.set(name, direction);
  }
}
