import { describe, expect, test } from 'vitest';
import { guestEvent } from '../../../shared/guest-event.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { ContainerHistory } from './container-history.ts';
import { EventLines } from './event-lines.ts';
import { fixtureText } from './testing/fixtures.ts';
import type { EngineEvent } from './wire.ts';

const guest = 'docker:x/web' as GuestId;

/** The history of one container; each event is told by `ACTION` or `[ACTION, attributes]`. */
function history(podman = false) {
  const of = new ContainerHistory();
  return (...events: (string | [string, Record<string, string>])[]) =>
    events.flatMap((each) => {
      const [Action, Attributes] = typeof each === 'string' ? [each, {}] : each;
      const event: EngineEvent = { Type: 'container', Action, Actor: { ID: 'web', Attributes } };
      const word = of.word(event, 'web', guest, podman);
      return word ? [[word.what.key.replace('event.', ''), ...Object.values(word.what.params ?? {}), word.bad]] : [];
    });
}

const died = (exitCode: string): [string, Record<string, string>] => ['die', { exitCode }];

describe('what happens to a container of Docker', () => {
  test('is told in its words', () => {
    const tell = history();
    expect(tell('create', 'start', 'pause', 'unpause', 'update', 'commit', 'export', 'restart', 'destroy')).toEqual(
      ['created', 'started', 'paused', 'resumed', 'updated', 'committed', 'exported', 'restarted', 'removed'].map(
        (key) => [key, false],
      ),
    );
    expect(tell(['rename', { name: 'new', oldName: '/old' }])).toEqual([['renamed', 'new', false]]);
  });

  test('is no fault when it ends by itself with 0, and one when it ends with anything else', () => {
    expect(history()('start', died('0'), 'start', died('3'))).toEqual([
      ['started', false],
      ['exited', 0, false],
      ['started', false],
      ['exited', 3, true],
    ]);
  });

  test('is no fault when somebody ended it', () => {
    expect(history()(['kill', { signal: '15' }], ['kill', { signal: '9' }], died('137'), 'stop')).toEqual([
      ['killed', 'SIGTERM', false],
      ['killed', 'SIGKILL', false],
      ['exited', 137, false],
    ]);
  });

  test('is a fault when it ended after a restart, or after a signal that ends nothing', () => {
    const tell = history();
    expect(tell(['kill', { signal: '9' }], died('137'), 'stop', 'start', 'restart', died('1')).at(-1)).toEqual([
      ...['exited', 1],
      true,
    ]);
    expect(tell('start', ['kill', { signal: '1' }], died('1')).slice(1)).toEqual([
      ['killed', 'SIGHUP', false],
      ['exited', 1, true],
    ]);
    expect(tell('start', ['kill', { signal: '15' }], 'start', died('1')).at(-1)).toEqual(['exited', 1, true]);
  });

  test('is a fault when memory ran out', () => {
    expect(history()('start', 'oom', died('137')).slice(1)).toEqual([
      ['outOfMemory', true],
      ['exited', 137, true],
    ]);
  });

  test('tells health when it changes', () => {
    const tell = history();
    expect(tell('health_status: healthy', 'health_status: healthy', 'health_status: unhealthy')).toEqual([
      ['health', 'healthy', false],
      ['health', 'unhealthy', true],
    ]);
  });

  test('says nothing of probes, execs and what nobody asked for', () => {
    const noise = ['exec_create: sh -c true', 'exec_start: sh', 'exec_die', 'top', 'attach', 'resize', 'wonder'];
    expect(history()(...noise)).toEqual([]);
  });

  test('is told once, also when a new stream begins before the old one ended', () => {
    const events = new EventLines().push(new TextEncoder().encode(fixtureText('docker-20.10/events.jsonl')));
    const of = new ContainerHistory();
    const tell = () => events.flatMap((event) => of.word(event, event.Actor.ID, guest, false) ?? []);
    const told = tell();
    expect(told.length).toBeGreaterThan(10);
    for (const each of told) {
      expect(guestEvent.safeParse({ ...each, id: 1, from: 'engine' }).error).toBeUndefined();
      expect(new Date(each.at).getUTCFullYear()).toBe(2026);
    }
    expect(tell()).toEqual([]);
  });

  test('names networks', () => {
    const of = new ContainerHistory();
    const Actor = { ID: 'n1', Attributes: { container: 'web', name: 'shop' } };
    const word = (Action: string) => of.word({ Type: 'network', Action, Actor }, 'web', guest, false)?.what;
    expect(word('connect')).toEqual({ key: 'event.networkConnected', params: { network: 'shop' } });
    expect(word('disconnect')).toEqual({ key: 'event.networkDisconnected', params: { network: 'shop' } });
    expect(word('create')).toBeUndefined();
  });
});

describe('what happens to a container of Podman', () => {
  test('has its end before it, and no signal', () => {
    expect(history(true)('kill', died('137'), 'cleanup', 'remove')).toEqual([
      ['signalled', false],
      ['exited', 137, false],
      ['removed', false],
    ]);
    expect(history(true)('stop', died('1'))).toEqual([['exited', 1, false]]);
    expect(history(true)('restart', died('1'), 'init', 'start')).toEqual([
      ['restarted', false],
      ['exited', 1, false],
      ['started', false],
    ]);
  });

  test('is no fault when its command line stopped it, which tells of nothing but the end', () => {
    expect(history(true)(died('143'), died('137'), died('2'))).toEqual([
      ['exited', 143, false],
      ['exited', 137, false],
      ['exited', 2, true],
    ]);
  });

  test('tells of every check: only those that tell something new are told', () => {
    const check = (health_status: string): [string, Record<string, string>] => ['health_status', { health_status }];
    expect(history(true)('health_status', check('healthy'), check('healthy'), check('unhealthy'))).toEqual([
      ['health', 'healthy', false],
      ['health', 'unhealthy', true],
    ]);
  });
});
