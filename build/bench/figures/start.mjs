import { bareShown, DrivenApp, listShown, makeProfile } from '../driven-app.mjs';
import { median, medianOf } from '../numbers.mjs';
import { openVirtManager, surroundings } from '../virt-manager.mjs';

/** @typedef {import('../numbers.mjs').Figure} Figure */

const runs = 7;

/** @type {Figure} */
export const start = {
  name: 'start',
  title: 'Cold start',
  async measure(bench) {
    const [bareProfile, profile, env] = [await makeProfile(bench), await makeProfile(bench), await surroundings(bench)];
    const samples = {
      posada: /** @type {number[]} */ ([]),
      bare: /** @type {number[]} */ ([]),
      virtManager: [0].slice(1),
    };
    // The first of each fills caches and profiles and does not count.
    for (let run = -1; run < runs; run += 1) {
      const bare = new DrivenApp(bench, 'bare', { profile: bareProfile });
      const bareTook = (await bareShown(bare)) - bare.startedAt;
      await bare.close();
      const posada = new DrivenApp(bench, 'posada', { profile });
      const took = (await listShown(posada)) - posada.startedAt;
      await posada.close();
      const other = await openVirtManager(bench, env, 'qemu:///system');
      await other.close();
      if (run < 0) continue;
      samples.bare.push(bareTook);
      samples.posada.push(took);
      samples.virtManager.push(other.shownAt - other.startedAt);
    }
    const [value, bare, virtManager] = [median(samples.posada), median(samples.bare), median(samples.virtManager)];
    return [
      {
        what: 'process start to list',
        value,
        unit: 'ms',
        of: medianOf(samples.posada),
        baselines: [
          { what: 'virt-manager', value: virtManager, unit: 'ms' },
          { what: 'bare window', value: bare, unit: 'ms' },
        ],
        times: value / virtManager,
        target: '≤ 0.5 × virt-manager',
        met: value <= 0.5 * virtManager,
        samples,
      },
    ];
  },
};
