import { procedureTable } from './generated/protocol-table.gen.ts';

/** One procedure of the protocol; the names of its structs are empty where it has none. */
export interface Procedure {
  readonly name: string;
  readonly program: number;
  readonly number: number;
  readonly args: string;
  readonly ret: string;
  readonly message: string;
  /** Direction of the stream that the call opens: `r` daemon to client, `w` client to daemon. */
  readonly stream: '' | 'r' | 'w';
}

const byName = new Map<string, Procedure>();
const byNumber = new Map<string, Procedure>();

function load(): void {
  for (const line of procedureTable.trim().split('\n')) {
    const [name = '', program, number, args = '', ret = '', message = '', stream = ''] = line.split(' ');
    const procedure: Procedure = {
      name,
      program: Number(program),
      number: Number(number),
      args,
      ret,
      message,
      stream: stream as Procedure['stream'],
    };
    byName.set(name, procedure);
    byNumber.set(`${program}/${number}`, procedure);
  }
}

/** @throws Error for a name that is not in the protocol */
export function procedureNamed(name: string): Procedure {
  if (byName.size === 0) load();
  const procedure = byName.get(name);
  if (!procedure) throw new Error(`no procedure ${name} in the protocol`);
  return procedure;
}

export function procedureNumbered(program: number, number: number): Procedure | undefined {
  if (byName.size === 0) load();
  return byNumber.get(`${program}/${number}`);
}

/** All procedures, for tests. */
export function allProcedures(): Procedure[] {
  if (byName.size === 0) load();
  return [...byName.values()];
}
