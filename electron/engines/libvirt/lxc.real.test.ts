import { describe, expect, test } from 'vitest';
import { Virsh } from '../../../build/testing/test-domains.ts';
import type { Action } from '../../../shared/action.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { quietRun } from '../../journal/testing/quiet-run.ts';
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

  test('have the verbs that their driver has, and lose nothing but what is asked for', {
    timeout: 120_000,
  }, async () => {
    const daemon = await PrivateLxc.start();
    const virsh = new Virsh(`lxc+unix:///system?socket=${daemon.socket}`);
    const engine = new LibvirtEngine(makeEndpoint('lxc:///system', false, daemon.socket));
    const name = 'posada-test-lxc-verbs';
    const run = quietRun();
    const watcher = {
      ...{ changed: () => undefined, changedAll: () => undefined, happened: () => undefined, lost: () => undefined },
    };
    try {
      await engine.open(watcher);
      await virsh.define(daemon.xml(name));
      const [guest] = await engine.list();
      const id = guest?.id as GuestId;
      const lacking = guest?.offers.filter((offer) => !offer.ready && offer.because.key === 'because.unsupported');
      expect(lacking?.map(({ verb }) => verb)).toEqual(['reset', 'save', 'discardSave', 'takeSnapshot', 'rename']);
      const act = (action: Action) => engine.act(id, action, run);
      for (const action of [{ verb: 'save' }, { verb: 'reset' }, { verb: 'rename', name: 'other' }] as const) {
        await expect(act(action), action.verb).rejects.toMatchObject({ failure: { code: 'not-supported' } });
      }
      await act({ verb: 'enableAutostart' });
      expect(await virsh.autostart(name)).toBe('on');
      await act({ verb: 'setTitle', title: 'A title' });
      expect(await virsh.run('desc', name, '--title')).toBe('A title');
      await act({ verb: 'protect' });
      expect(await virsh.run('metadata', name, 'urn:x-posada:guest:1')).toContain('protected="yes"');
      await expect(act({ verb: 'delete', parts: [], endsRunning: true })).rejects.toMatchObject({
        failure: { detail: { key: 'failure.detail.protected' } },
      });
      await act({ verb: 'unprotect' });
      const began = Date.now();
      await act({ verb: 'start' });
      // One that has not heard of the start finds its process.
      await engine.open(watcher);
      await engine.list();
      const [running] = await engine.read([id]);
      expect(running).toMatchObject({ state: 'running', virtualization: 'os-level', domainType: 'lxc' });
      expect(running?.startedAt).toBeGreaterThan(began - 2000);
      expect(running?.startedAt).toBeLessThan(Date.now() + 2000);
      expect(await engine.detail(id)).toMatchObject({ kind: 'vm', disks: [], tpm: false, pendingChanges: false });
      expect((await engine.planDelete(id)).map(({ kind }) => kind)).toEqual(['definition']);
      await act({ verb: 'delete', parts: [], endsRunning: true });
      expect(await virsh.names()).toEqual([]);
    } finally {
      await engine.close();
      await virsh.remove(name);
      await daemon.close();
    }
  });
});
