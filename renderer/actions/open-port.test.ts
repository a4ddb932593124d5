import { expect, test } from 'vitest';
import { portUrl } from './open-port.ts';

test.each([
  ['', 8080, 80, 'http://localhost:8080'],
  ['0.0.0.0', 8443, 80, 'https://localhost:8443'],
  ['127.0.0.1', 32768, 443, 'https://127.0.0.1:32768'],
  ['::1', 9000, 9443, 'https://[::1]:9000'],
])('the port %j:%d→%d is opened as %s', (hostAddress, hostPort, guestPort, url) => {
  expect(portUrl({ hostAddress, hostPort, guestPort, protocol: 'tcp' })).toBe(url);
});
