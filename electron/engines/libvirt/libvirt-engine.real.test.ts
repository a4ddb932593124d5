import { booted, domainXml, testDriverXml, Virsh } from '../../../build/testing/test-domains.ts';
import { engineContract } from '../contract.test-suite.ts';
import { engineVerbContract, type VerbHarness } from '../contract-verbs.test-suite.ts';
import { makeEndpoint } from './endpoint.ts';
import { LibvirtEngine } from './libvirt-engine.ts';

async function testDriver(): Promise<VerbHarness> {
  // Else an ordinary user's virsh would ask the daemon of its own session.
  const uri = 'test+unix:///default?socket=/run/libvirt/libvirt-sock';
  // Its domains live as long as somebody is connected.
  const holder = new LibvirtEngine(makeEndpoint('test:///default'));
  await holder.open({
    changed: () => undefined,
    changedAll: () => undefined,
    happened: () => undefined,
    lost: () => undefined,
  });
  const virsh = new Virsh(uri);
  return {
    engine: new LibvirtEngine(makeEndpoint('test:///default')),
    makeOutside: (name) => virsh.define(testDriverXml(name)),
    removeOutside: (name) => virsh.remove(name),
    stateOutside: (name) => virsh.state(name),
    namesOutside: () => virsh.names(),
    startupOutside: (name) => virsh.autostart(name),
    measures: false,
    without: ['reset', 'setRestartPolicy', 'export', 'takeSnapshot'],
    close: () => holder.close(),
  };
}

async function qemu(): Promise<VerbHarness> {
  const virsh = new Virsh();
  return {
    engine: new LibvirtEngine(makeEndpoint('qemu:///system')),
    makeOutside: async (name) => virsh.define(await domainXml({ name })),
    removeOutside: (name) => virsh.remove(name),
    stateOutside: (name) => virsh.state(name),
    booted,
    namesOutside: () => virsh.names(),
    startupOutside: (name) => virsh.autostart(name),
    metadataOutside: (name) => virsh.run('dumpxml', '--domain', name),
    without: ['setRestartPolicy', 'export'],
    close: async () => undefined,
  };
}

engineContract("libvirt's test driver, through the daemon", testDriver);
engineContract('libvirt with QEMU', qemu);
engineVerbContract("libvirt's test driver, through the daemon", testDriver);
engineVerbContract('libvirt with QEMU', qemu);
