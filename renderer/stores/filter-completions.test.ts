// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { aContainer, aGuest, plainWords } from '../testing/guests.ts';
import { makeText } from '../text/make-text.ts';
import { completionsOf, filterDoubt } from './filter-completions.ts';
import { compileFilter } from './filter-match.ts';
import { haystackOf } from './guest-facts.ts';

const guests = [
  aGuest('a', { tags: ['prod', 'db'] }),
  aContainer('b', { tags: ['db'], project: 'shop floor', image: 'postgres:18' }),
];

const byId = new Map(guests.map((guest) => [guest.id, guest]));

/** What is offered at the bar in the filter. */
function offered(
  written: string,
  { language = 'en', asked = false }: { language?: 'en' | 'es'; asked?: boolean } = {},
) {
  const caret = written.indexOf('|');
  const filter = written.replace('|', '');
  return completionsOf(filter, caret, byId, plainWords, makeText(language), asked).map((choice) => ({
    ...choice,
    filter: filter.slice(0, choice.start) + choice.text + filter.slice(choice.end),
  }));
}
const texts = (written: string, how?: Parameters<typeof offered>[1]) => offered(written, how).map(({ text }) => text);

describe('what is offered while a filter is written', () => {
  test('terms that begin so, in the language of the window', () => {
    expect(texts('p|')).toEqual(['port:', 'project:']);
    expect(texts('p|', { language: 'es' })).toEqual(['puerto:', 'proyecto:']);
    expect(texts('web|')).toEqual([]);
  });

  test('nothing where nothing is written, unless it is asked for', () => {
    expect(texts('web |')).toEqual([]);
    expect(texts('web |', { asked: true })).toContain('tag:');
  });

  test('all values that a term can have, then those that begin so', () => {
    expect(texts('kind:|')).toEqual(['kind:vm', 'kind:container']);
    expect(texts('state:res|')).toEqual(['state:restarting']);
    expect(texts('estado:det|', { language: 'es' })).toEqual(['estado:deteniendo', 'estado:detenido']);
  });

  test('tags, projects and images that guests have now', () => {
    expect(texts('tag:|')).toEqual(['tag:db', 'tag:prod']);
    expect(texts('project:|')).toEqual(['project:"shop floor"']);
    expect(texts('image:post|')).toEqual(['image:postgres:18']);
  });

  test('a second value after a comma, but not the one that is there', () => {
    expect(texts('tag:db,|')).toEqual(['tag:db,prod']);
  });

  test('it takes the place of the word where the caret is, and leaves its minus and the rest', () => {
    expect(offered('-ta| web')[0]?.filter).toBe('-tag: web');
    expect(offered('web tag:p|')[0]?.filter).toBe('web tag:prod');
  });

  test.each([
    ['tag:p|,db web', ['tag:prod,db web']],
    ['tag:|,db', ['tag:prod,db']],
    ['-tag:db,pr|o,"x y" web', ['-tag:db,prod,"x y" web']],
    ['project:"sh|op",web', ['project:"shop floor",web']],
    ['ta|:db', ['tag:db']],
  ])('in %s it leaves the values after the caret', (written, filters) => {
    expect(offered(written).map(({ filter }) => filter)).toEqual(filters);
  });

  test('every value that is offered finds the guests that have it', () => {
    for (const { filter } of [...offered('tag:|'), ...offered('project:|'), ...offered('image:|')]) {
      const holds = compileFilter(filter, byId, plainWords);
      expect(
        guests.some((guest) => holds(guest, haystackOf(guest, plainWords))),
        filter,
      ).toBe(true);
    }
  });
});

describe('what is doubtful in a filter', () => {
  test.each([
    ['colour:red', { about: 'term', name: 'colour' }],
    ['web state:flying', { about: 'value', term: 'state', value: 'flying' }],
    ['port:http', { about: 'value', term: 'port', value: 'http' }],
  ])('%s', (filter, doubt) => {
    expect(filterDoubt(filter)).toEqual(doubt);
  });

  test.each([
    'web',
    'state:run tag:anything',
    ':8443',
    'fd00::7',
    'fe80:1',
    'http://x',
    'nginx:1.27',
    'state:',
    '"a:b"',
  ])('nothing in %s', (filter) => {
    expect(filterDoubt(filter)).toBeUndefined();
  });
});
