import { expect, test } from 'vitest';
import { isAddress } from './ip-address.ts';

test.each(['192.168.122.9', '2001:db8::9', '::ffff:10.0.0.1', 'FD00::1'])('%s is an address', (text) => {
  expect(isAddress(text)).toBe(true);
});

test.each([
  ...['10.0.0.5; reboot', '10.0.0.5\nreboot\n', '-oProxyCommand=reboot', '$(reboot)', '10.1', '010.0.0.1'],
  ...['fe80::1%eth0', '2001:db8::9%1', ' 10.0.0.5', 'host.example', '', null, undefined],
])('%j is none', (text) => {
  expect(isAddress(text)).toBe(false);
});
