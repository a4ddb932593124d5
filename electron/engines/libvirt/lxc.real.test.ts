import { describe } from 'vitest';
import { Virsh } from '../../../build/testing/test-domains.ts';
import { engineContract } from '../contract.test-suite.ts';
import { makeEndpoint } from './endpoint.ts';
import { LibvirtEngine } from './libvirt-engine.ts';
import { PrivateLxc } from './testing/private-lxc.ts';

describe.runIf(process.getuid?.() === 0)('containers of libvirt', () => {
  engineContract('libvirt with LXC', async () => {
    const daemon = await PrivateLxc.start();
    const virsh = new Virsh(`lxc+unix:///system?socket=${daemon.socket}`);
    return {
      engine: new LibvirtEngine(makeEndpoint('lxc:///system', false, daemon.socket)),
      makeOutside: (name) => virsh.define(daemon.xml(name)),
      removeOutside: (name) => virsh.remove(name),
      stateOutside: (name) => virsh.state(name),
      // Both are requests to an init of the container's by /dev/initctl; libvirt 9.0 takes them without one and does
      // nothing, as plain `virsh shutdown` shows.
      without: ['shutDown', 'restart'],
      close: () => daemon.close(),
    };
  });
});
