import { readFileSync } from 'node:fs';

/** An answer from fixtures/, parsed afresh each time, so that a test may change it. */
export function fixture(name: string): unknown {
  return JSON.parse(fixtureText(name));
}

export function fixtureText(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
}
