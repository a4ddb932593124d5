import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Guest } from '../../shared/guest.ts';
import { aContainer, aFailure, aGuest, plainWords } from '../testing/guests.ts';
import { compileFilter } from './filter-match.ts';
import { parseFilter } from './filter-parse.ts';
import { termIds } from './filter-words.ts';
import { haystackOf } from './guest-facts.ts';

const guests = [
  aGuest('mail', {
    state: 'running',
    tags: ['prod', 'db'],
    addresses: ['192.168.122.7', 'fd00::7'],
    image: 'Debian 12',
    title: 'For the Tuesday class',
    lab: 'school',
    protected: true,
    startup: { by: 'autostart', on: true },
    virtualization: 'emulation',
  }),
  aContainer('shop-api', {
    state: 'paused',
    tags: ['db2'],
    project: 'shop',
    service: 'api',
    image: 'registry.local/Nginx:1.27',
    ports: [{ hostAddress: '0.0.0.0', hostPort: 8443, guestPort: 443, protocol: 'tcp' }],
    health: 'unhealthy',
    startup: { by: 'restartPolicy', policy: 'always' },
    virtualization: 'os-level',
  }),
  aContainer('worker', {
    image: 'redis:8',
    project: 'shop floor',
    transient: true,
    startup: { by: 'restartPolicy', policy: 'no' },
  }),
  aGuest('broken', { state: 'unknown', failure: aFailure('broken') }),
];

function found(filter: string, all: readonly Guest[] = guests): string[] {
  const byId = new Map(all.map((guest) => [guest.id, guest]));
  const holds = compileFilter(filter, byId, plainWords);
  return all.filter((guest) => holds(guest, haystackOf(guest, plainWords))).map(({ name }) => name);
}

describe('terms of the filter', () => {
  test.each([
    ['kind:vm', ['mail', 'broken']],
    ['tipo:contenedor', ['shop-api', 'worker']],
    ['state:running', ['mail']],
    ['estado:activo', ['mail']],
    ['estado:"en ejecución"', ['mail']],
    ['estado:PAUSA', ['shop-api']],
    ['state:running,paused', ['mail', 'shop-api']],
    ['state:paus', ['shop-api']],
    ['tag:prod', ['mail']],
    ['etiqueta:prod', ['mail']],
    ['port:8443', ['shop-api']],
    ['port:443', ['shop-api']],
    ['port:44', []],
    ['puerto:8443', ['shop-api']],
    ['image:nginx', ['shop-api']],
    ['os:debian', ['mail']],
    ['name:a', ['mail', 'shop-api']],
    ['name:shop,work', ['shop-api', 'worker']],
    ['title:tuesday', ['mail']],
    ['lab:school', ['mail']],
    ['project:shop', ['shop-api']],
    ['project:"shop floor"', ['worker']],
    ['engine:libvirt:qemu:///system', ['mail', 'broken']],
    ['ip:122.7', ['mail']],
    ['ip:fd00:', ['mail']],
    ['health:unhealthy', ['shop-api']],
    ['is:protected', ['mail']],
    ['is:autostart', ['mail', 'shop-api']],
    ['is:transient', ['worker']],
    ['is:broken', ['broken']],
    ['is:tagged', ['mail', 'shop-api']],
    ['es:protegido', ['mail']],
    ['virt:emulation', ['mail']],
  ])('%s finds %j', (filter, names) => {
    expect(found(filter)).toEqual(names);
  });

  test('a tag that no guest has whole is taken for its beginning, one that a guest has is not', () => {
    expect(found('tag:d')).toEqual(['mail', 'shop-api']);
    expect(found('tag:db')).toEqual(['mail']);
    expect(found('tag:db2')).toEqual(['shop-api']);
  });

  test('a minus turns a term or a word around', () => {
    expect(found('-kind:vm')).toEqual(['shop-api', 'worker']);
    expect(found('-shop')).toEqual(['mail', 'broken']);
    expect(found('kind:container -state:paused')).toEqual(['worker']);
  });

  test('terms and words together must all hold', () => {
    expect(found('kind:container nginx')).toEqual(['shop-api']);
    expect(found('nginx kind:vm')).toEqual([]);
  });

  test('words between quotes are found one after the other only', () => {
    expect(found('"tuesday class"')).toEqual(['mail']);
    expect(found('"class tuesday"')).toEqual([]);
    expect(found('class tuesday')).toEqual(['mail']);
  });

  test('a term without a value hides nothing yet, a value that does not exist hides all', () => {
    expect(found('state:')).toHaveLength(guests.length);
    expect(found('state:flying')).toEqual([]);
  });

  test('what is no term is looked for as it is written', () => {
    expect(found('registry.local/nginx:1.27')).toEqual(['shop-api']);
    expect(found('fd00::7')).toEqual(['mail']);
    expect(found(':8443')).toEqual(['shop-api']);
    expect(found('colour:red')).toEqual([]);
  });

  test('words are found without their accents', () => {
    expect(found('menu', [aGuest('Menú')])).toEqual(['Menú']);
  });
});

describe('whatever is typed', () => {
  const bits = fc.constantFrom('"', '-', ':', ',', ' ', 'state', 'tag:', 'es:', 'a', '\\', '\u00a0', '🐳', '\n');
  const typed = fc.oneof(
    fc.string(),
    fc.array(bits, { maxLength: 12 }).map((all) => all.join('')),
  );

  test('never fails, and what is negated and what is not make up all guests', () => {
    fc.assert(
      fc.property(typed, (filter) => {
        const parts = parseFilter(filter);
        expect(parts.every(({ start, end }) => 0 <= start && start < end && end <= filter.length)).toBe(true);
        const [part] = parts;
        if (parts.length !== 1 || !part || part.values.length === 0) {
          found(filter);
          return;
        }
        const bare = filter.slice(part.start + (part.negated ? 1 : 0), part.end);
        // A second minus belongs to the word.
        if (bare.startsWith('-')) return;
        const [yes, no] = [found(bare), found(`-${bare}`)];
        expect([...yes, ...no].sort()).toEqual(guests.map(({ name }) => name).sort());
      }),
      { seed: 20_260_301, numRuns: 1000 },
    );
  });

  test('a value between quotes comes back whole, whatever is in it', () => {
    const value = fc.string({ minLength: 1 }).filter((text) => !text.includes('"') && text.trim() === text);
    fc.assert(
      fc.property(fc.constantFrom(...termIds), value, (term, text) => {
        const [part, ...others] = parseFilter(`-${term}:"${text}"`);
        expect(others).toEqual([]);
        expect(part).toMatchObject({ negated: true, term });
        expect(part?.values).toHaveLength(1);
      }),
      { seed: 20_260_302 },
    );
  });
});
