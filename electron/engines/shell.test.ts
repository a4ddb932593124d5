import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { say } from '../../shared/message.ts';
import { runRemedy, shellWord } from './shell.ts';

const words = [
  ...['web', 'unix:///var/run/docker.sock', 'a b', '', "it's", "'", "''", '"$(id)"', '`id`', '$HOME', '~', '*', '!!'],
  ...[
    'a;b',
    'a&b',
    'a|b',
    '<x>',
    '#x',
    '\\',
    'a\nb',
    'a\n',
    '\t',
    '{a,b}',
    '[a]',
    '(a)',
    '-n',
    'posada ü 🏠',
    '\u202e',
  ],
];

test('a shell takes a word as that one word, whatever it contains', () => {
  const taken = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`], { encoding: 'utf8' });
  expect(taken.split('\0').slice(0, -1)).toEqual(words);
});

test('plain words stay as they are', () => {
  for (const word of ['web', 'qemu:///system', 'publish=80', 'a@b', '50%']) expect(shellWord(word)).toBe(word);
});

test('a command to copy says why', () => {
  const why = say('remedy.startDaemon');
  expect(runRemedy('sudo systemctl start docker', why)).toEqual({
    do: 'run',
    command: 'sudo systemctl start docker',
    why,
  });
});
