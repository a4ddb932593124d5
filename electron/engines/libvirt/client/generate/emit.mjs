// @ts-check
/** @import { Definitions, Field } from './parse.mjs' */

/** Wire types: the letter that codec.ts knows, and the TypeScript type of the decoded value. */
const basic = /** @type {Record<string, [string, string]>} */ ({
  int: ['i', 'number'],
  unsigned: ['u', 'number'],
  'unsigned int': ['u', 'number'],
  'unsigned char': ['u', 'number'],
  'unsigned short': ['u', 'number'],
  short: ['i', 'number'],
  char: ['i', 'number'],
  hyper: ['h', 'Hyper'],
  'unsigned hyper': ['H', 'Hyper'],
  double: ['d', 'number'],
});

/** Programs in the order of generation: prefix of names in the .x file, prefix of ours, number (virnetprotocol). */
export const programs = [
  { source: 'remote', ours: '', id: 'REMOTE_PROGRAM' },
  { source: 'qemu', ours: 'QEMU_', id: 'QEMU_PROGRAM' },
  { source: 'lxc', ours: 'LXC_', id: 'LXC_PROGRAM' },
];

/** @param {Definitions} all */
export function makeEmitter(all) {
  /** @param {Field} field @returns {[string, string]} wire expression and TypeScript type */
  function express(field) {
    const { type, shape, size } = field;
    if (type === 'string') return [`s${size}`, 'string'];
    if (type === 'opaque')
      return shape === 'fixed'
        ? size === 16
          ? ['g', 'string']
          : [`o${size}`, 'Uint8Array']
        : [`O${size}`, 'Uint8Array'];
    const [wire, ts] = named(type);
    if (shape === 'optional') return [`?${wire}`, `${ts} | null`];
    if (shape === 'variable') return [`[${size}]${wire}`, `${ts}[]`];
    if (shape === 'fixed') return [`{${size}}${wire}`, `${ts}[]`];
    return [wire, ts];
  }
  /** @param {string} type @returns {[string, string]} */
  function named(type) {
    const simple = basic[type];
    if (simple) return simple;
    if (type === 'remote_typed_param_value') return ['v', 'TypedValue'];
    const typedef = all.typedefs.get(type);
    if (typedef) return express(typedef);
    if (all.enums.has(type)) return ['i', 'number'];
    if (all.structs.has(type)) return [`=${type};`, type];
    throw new Error(`unknown type: ${type}`);
  }

  const structs = [...all.structs].filter(([name]) => /^(remote|qemu|lxc)_/.test(name));

  function procedures() {
    return programs.flatMap(({ source, ours, id }) => {
      const prefix = `${source.toUpperCase()}_PROC_`;
      return (all.enums.get(`${source}_procedure`) ?? []).map(([full, number]) => {
        const name = full.slice(prefix.length);
        const base = `${source}_${name.toLowerCase()}`;
        /** @param {string} suffix */
        const has = (suffix) => (all.structs.has(base + suffix) ? base + suffix : '');
        return {
          name: ours + name,
          program: all.constants.get(id) ?? 0,
          number,
          args: has('_args'),
          ret: has('_ret'),
          msg: has('_msg'),
          stream: all.streams.get(full),
        };
      });
    });
  }

  return { express, structs, procedures };
}

/** @param {Definitions} all @param {string} header */
export function emitTable(all, header) {
  const { express, structs, procedures } = makeEmitter(all);
  const lines = structs.map(([name, fields]) => `${name}:${fields.map((f) => `${f.name} ${express(f)[0]}`).join(',')}`);
  const list = procedures().map(({ name, program, number, args, ret, msg, stream }) =>
    [name, program, number, args, ret, msg, stream === 'read' ? 'r' : stream === 'write' ? 'w' : ''].join(' '),
  );
  return `${header}
/** name:field type,… a line; the letters of the types are explained in codec.ts. */
export const structTable = \`
${lines.join('\n')}
\`;

/** name, program, number, struct of arguments, of results, of the event, stream direction; a line each. */
export const procedureTable = \`
${list.join('\n')}
\`;
`;
}

/** @param {Definitions} all @param {string} header */
export function emitTypes(all, header) {
  const { express, structs, procedures } = makeEmitter(all);
  const interfaces = structs.map(
    ([name, fields]) =>
      `export interface ${name} {\n${fields.map((f) => `  ${f.name}: ${express(f)[1]};`).join('\n')}\n}`,
  );
  const list = procedures();
  const calls = list
    .filter((p) => !p.msg)
    .map((p) => `  ${p.name}: { args: ${p.args || 'undefined'}; ret: ${p.ret || 'undefined'} };`);
  const events = list.filter((p) => p.msg).map((p) => `  ${p.name}: ${p.msg};`);
  const streams = list.filter((p) => p.stream).map((p) => `'${p.name}'`);
  return `${header}
import type { Hyper, TypedValue } from '../codec.ts';

${interfaces.join('\n\n')}

/** Every procedure that can be called, with its arguments and results. */
export interface Procedures {
${calls.join('\n')}
}

/** Every message that the daemon sends unasked. */
export interface EventMessages {
${events.join('\n')}
}

/** Procedures whose call opens a stream. */
export type StreamProcedure = ${streams.join(' | ')};
`;
}
