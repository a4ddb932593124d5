import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Guest } from '../../shared/guest.ts';
import { connectedList } from '../testing/connected-list.ts';
import { aContainer, aGuest, anEngine, bothEngines, docker, idOf, plainWords } from '../testing/guests.ts';

const running = (name: string): Guest => aGuest(name, { state: 'running' });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the list of guests', () => {
  test('begins by name, and the same column again turns the order around', () => {
    const { list, names } = connectedList([aGuest('b'), aGuest('a')]);
    expect(list.getState().sort).toEqual({ column: 'name', direction: 'ascending' });
    expect(names()).toEqual(['a', 'b']);
    list.getState().sortBy('name');
    expect(names()).toEqual(['b', 'a']);
    list.getState().sortBy('name');
    expect(names()).toEqual(['a', 'b']);
  });

  test('a figure begins with the greatest, another column from its beginning', () => {
    const { list } = connectedList([]);
    list.getState().sortBy('cpu');
    expect(list.getState().sort.direction).toBe('descending');
    list.getState().sortBy('cpu');
    expect(list.getState().sort.direction).toBe('ascending');
    list.getState().sortBy('image');
    expect(list.getState().sort).toEqual({ column: 'image', direction: 'ascending' });
  });

  test('what comes, changes or goes is filtered as the rest', () => {
    const { list, patch, names } = connectedList([aGuest('web1'), aGuest('mail')]);
    list.getState().setFilter('web');
    expect(names()).toEqual(['web1']);
    patch({ guests: [aGuest('web0'), aGuest('other')] });
    expect(names()).toEqual(['web0', 'web1']);
    patch({ guestsGone: [idOf('web1')] });
    patch({ guests: [aContainer('mail', { image: 'webmail' })] });
    expect(names()).toEqual(['mail', 'web0']);
    list.getState().setFilter('');
    expect(names()).toEqual(['mail', 'other', 'web0']);
  });

  test.each([
    'kind:container',
    'tipo:contenedor',
    'a -kind:vm',
    'state:running',
    'is:tagged',
    'port:8443',
    'puerto:443',
  ])('while %s is written the list is never empty', (filter) => {
    const port = { hostAddress: '0.0.0.0', hostPort: 8443, guestPort: 443, protocol: 'tcp' } as const;
    const { list, names } = connectedList([
      aContainer('a', { state: 'running', tags: ['x'], ports: [port] }),
      aGuest('mail'),
    ]);
    for (let end = 1; end <= filter.length; end += 1) {
      list.getState().setFilter(filter.slice(0, end), end);
      expect(names(), filter.slice(0, end)).not.toEqual([]);
    }
    expect(names()).toEqual(['a']);
  });

  test('a word that may become a term still finds the guests that have it', () => {
    const { list, names } = connectedList([aGuest('label'), aGuest('mail')]);
    list.getState().setFilter('lab', 3);
    expect(names()).toEqual(['label']);
  });

  test('what is written in full is meant as it is: a word that is no term, a term elsewhere, a box that was left', () => {
    const { list, names } = connectedList([aGuest('mail')]);
    list.getState().setFilter('zz', 2);
    expect(names()).toEqual([]);
    list.getState().setFilter('zz kin', 6);
    expect(names()).toEqual([]);
    list.getState().setFilter('kin', 3);
    expect(names()).toEqual(['mail']);
    list.getState().setFilter('kin');
    expect(names()).toEqual([]);
    list.getState().setFilter('kin', 3);
    list.getState().choose({ filter: 'kin' });
    expect(names()).toEqual([]);
  });

  test('a change that moves nothing keeps the same array, so that nothing is drawn again', () => {
    const { list, patch } = connectedList([running('a'), running('b')]);
    const before = list.getState().shown;
    patch({ guests: [aGuest('a', { state: 'paused' })] });
    patch({ engines: [anEngine(docker, { state: 'silent' })] });
    expect(list.getState().shown).toBe(before);
  });

  test('in another language guests are found by its words', () => {
    const { list, names } = connectedList([running('a'), aGuest('b')]);
    list.getState().setFilter('ejecución');
    expect(names()).toEqual([]);
    list.getState().setWords({ ...plainWords, state: (state) => (state === 'running' ? 'En ejecución' : state) });
    expect(names()).toEqual(['a']);
  });

  test('a guest is found by the new name of its engine', () => {
    const { list, patch, names } = connectedList([aGuest('vm'), aContainer('box')], bothEngines);
    list.getState().setFilter('podman');
    expect(names()).toEqual([]);
    patch({ engines: [anEngine(docker, { name: 'podman' })] });
    expect(names()).toEqual(['box']);
  });

  test('figures change the order at once while they come in, then every five seconds at most', () => {
    const { list, measure, names } = connectedList(['a', 'b', 'c'].map(running));
    list.getState().sortBy('cpu');
    measure({ a: 1, b: 2, c: 3 });
    expect(names()).toEqual(['c', 'b', 'a']);
    vi.advanceTimersByTime(3001);
    measure({ a: 50 });
    expect(names()).toEqual(['c', 'b', 'a']);
    vi.advanceTimersByTime(5000);
    measure({ b: 60 });
    expect(names()).toEqual(['b', 'a', 'c']);
  });

  test('figures leave an order by anything else alone', () => {
    const { list, measure } = connectedList(['a', 'b'].map(running));
    const before = list.getState().shown;
    measure({ a: 1, b: 99 });
    expect(list.getState().shown).toBe(before);
  });

  test('the figures of a guest that has stopped or is gone are forgotten', () => {
    const { metrics, measure, patch } = connectedList(['a', 'b', 'c', 'd'].map(running));
    measure({ a: 1, b: 1, c: 1, d: 1 });
    patch({ guests: [aGuest('a'), aGuest('c', { state: 'paused' })], guestsGone: [idOf('b')] });
    expect([...metrics.getState().samples.keys()]).toEqual([idOf('c'), idOf('d')]);
  });
});
