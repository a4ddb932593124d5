import { expect, test } from 'vitest';
import { sshCommand } from './ssh-command.ts';

test.each(['192.168.122.7', '2001:db8::7'])('a login at %s is offered', (address) => {
  expect(sshCommand(address)).toBe(`ssh ${address}`);
});

test.each(['10.0.0.5; reboot', '10.0.0.5\nreboot\n', '10.0.0.5\n', '-oProxyCommand=reboot', '`reboot`', ''])(
  'none at %j, which a shell would take for more than an address',
  (address) => {
    expect(sshCommand(address)).toBeUndefined();
  },
);
