import type { Hyper } from './codec.ts';
import type { remote_typed_param } from './generated/protocol-types.gen.ts';

/** Typed parameters as a record: field to value, the types left out. */
export type ParamRecord = Record<string, Hyper | boolean | string>;

/** Turns a list of typed parameters into a record; a field that stands twice has its last value. */
export function paramRecord(params: readonly remote_typed_param[]): ParamRecord {
  const record: ParamRecord = Object.create(null);
  for (const { field, value } of params) record[field] = value.value;
  return record;
}

/** The value of a whole-number field as a number (rounded where it is larger than 2^53), or undefined. */
export function numberParam(record: ParamRecord, field: string): number | undefined {
  const value = record[field];
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}
