import { expect, test } from 'vitest';
import type { Action } from '../../../shared/action.ts';
import { plainVerbs } from '../../../shared/verbs.ts';
import { commandsFor } from './container-commands.ts';
import { socketEndpoint, tcpEndpoint } from './testing/endpoint.ts';

const endpoint = socketEndpoint('/run/my engine.sock');
const docker = (action: Action) => commandsFor(action, { endpoint, podman: false, container: 'web' });
const podman = (action: Action) => commandsFor(action, { endpoint, podman: true, container: 'web' });
const at = "'unix:///run/my engine.sock'";

test('commands are those of the tool that belongs to the engine', () => {
  expect(docker({ verb: 'shutDown' })).toEqual([`docker -H ${at} stop web`]);
  expect(podman({ verb: 'resume' })).toEqual([`podman --url ${at} unpause web`]);
  expect(docker({ verb: 'rename', name: 'b' })).toEqual([`docker -H ${at} rename web b`]);
  expect(docker({ verb: 'export', file: "/tmp/it's.tar" })).toEqual([
    `docker -H ${at} export -o '/tmp/it'\\''s.tar' web`,
  ]);
});

test('a restart policy has its retries where they count', () => {
  const policy = (action: Omit<Extract<Action, { verb: 'setRestartPolicy' }>, 'verb'>) =>
    docker({ verb: 'setRestartPolicy', ...action })[0];
  expect(policy({ policy: 'on-failure', maximumRetries: 3 })).toBe(`docker -H ${at} update --restart on-failure:3 web`);
  expect(policy({ policy: 'on-failure', maximumRetries: 0 })).toBe(`docker -H ${at} update --restart on-failure web`);
  expect(policy({ policy: 'always', maximumRetries: 3 })).toBe(`docker -H ${at} update --restart always web`);
});

test('Podman is told not to wait for the container that it removes', () => {
  expect(podman({ verb: 'delete', parts: [], endsRunning: true })).toEqual([
    `podman --url ${at} rm --force --time 0 web`,
  ]);
});

test('what only Posada keeps, and what containers have not, has no command', () => {
  const none = plainVerbs.filter((verb) => docker({ verb }).length === 0);
  expect(none).toEqual([
    ...['reset', 'save', 'discardSave', 'enableAutostart', 'disableAutostart'],
    ...['protect', 'unprotect'],
  ]);
  expect(docker({ verb: 'setTitle', title: 'x' })).toEqual([]);
  expect(docker({ verb: 'setTags', add: ['x'], remove: [] })).toEqual([]);
});

test('an engine that wants keys is led to by the words that name them', () => {
  const remote = { ...tcpEndpoint(2376), cli: ['--context', 'far away'] };
  expect(commandsFor({ verb: 'start' }, { endpoint: remote, podman: false, container: 'web' })).toEqual([
    "docker --context 'far away' start web",
  ]);
});
