import { expect, test } from 'vitest';
import { virtualizationOf } from './virtualization.ts';

test.each([
  ['kvm', 'hvm', 'full'],
  ['qemu', 'hvm', 'emulation'],
  ['xen', 'hvm', 'full'],
  ['xen', 'linux', 'paravirtual'],
  ['xen', 'xenpvh', 'full'],
  ['lxc', 'exe', 'os-level'],
  ['openvz', 'exe', 'os-level'],
  ['vmware', 'hvm', 'full'],
  ['test', 'hvm', 'none'],
  ['ours-one-day', 'hvm', undefined],
])('a domain of type %s with an operating system of type %s is %s', (type, osType, told) => {
  expect(virtualizationOf(type, osType)).toBe(told);
});
