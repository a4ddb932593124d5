import type { Guest, GuestState } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { engineContract } from '../contract.test-suite.ts';
import { engineVerbContract, type VerbHarness } from '../contract-verbs.test-suite.ts';
import { DemoEngine } from './demo-engine.ts';
import { offersFor } from './demo-verbs.ts';

async function demo(): Promise<VerbHarness> {
  const engine = new DemoEngine(20, 8);
  // The demo engine has no tool of its own: its test methods stand in for one.
  const guests = new Map<string, GuestId>();
  return {
    engine,
    async makeOutside(name) {
      const id = `demo/${name}` as GuestId;
      const guest: Guest = {
        id,
        engine: engine.info.id,
        kind: 'vm',
        nativeId: name,
        name,
        state: 'stopped',
        tags: [],
        protected: false,
        transient: false,
        addresses: [],
        ports: [],
        offers: offersFor({ kind: 'vm', state: 'stopped', protected: false }),
      };
      guests.set(name, id);
      engine.put(guest);
    },
    async removeOutside(name) {
      const id = guests.get(name);
      if (id) engine.remove(id);
    },
    async stateOutside(name): Promise<GuestState> {
      const id = guests.get(name);
      const [guest] = id ? await engine.read([id]) : [];
      return guest?.state ?? 'unknown';
    },
    namesOutside: async () => (await engine.list()).map((guest) => guest.name),
    hasTool: false,
    without: ['setRestartPolicy', 'export'],
    close: () => engine.close(),
  };
}

engineContract('demo', demo);
engineVerbContract('demo', demo);
