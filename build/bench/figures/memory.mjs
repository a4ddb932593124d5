import { setTimeout as pause } from 'node:timers/promises';
import { containers, domains } from '../bench.mjs';
import { bareShown, DrivenApp, guestsShown, makeProfile } from '../driven-app.mjs';
import { median, medianOf } from '../numbers.mjs';
import { memory as memoryOf } from '../processes.mjs';

/** @typedef {import('../numbers.mjs').Figure} Figure */

const runs = 3;
const settleMs = 15_000;
const mostMb = 100;

/** @type {Figure} */
export const memory = {
  name: 'memory',
  title: `Memory with ${domains} domains and ${containers} containers`,
  async measure(bench) {
    const { nodeFile } = await bench.manyGuests();
    const [bareProfile, profile] = [await makeProfile(bench), await makeProfile(bench)];
    const env = { POSADA_LIBVIRT_URIS: `test://${nodeFile}` };
    /** @type {Record<'posada' | 'bare', number[]>} */
    const samples = { posada: [], bare: [] };
    for (let run = 0; run < runs; run += 1) {
      // One after the other: pages that both share would count half.
      const bare = new DrivenApp(bench, 'bare', { profile: bareProfile });
      await bareShown(bare);
      await pause(settleMs);
      samples.bare.push(memoryOf(bare.pid));
      await bare.close();
      const posada = new DrivenApp(bench, 'posada', { profile, env });
      await guestsShown(posada, domains + containers);
      await pause(settleMs);
      samples.posada.push(memoryOf(posada.pid));
      await posada.close();
    }
    const [whole, bare] = [median(samples.posada), median(samples.bare)];
    return [
      {
        what: 'PSS over the bare window',
        value: whole - bare,
        unit: 'MB',
        of: medianOf(samples.posada),
        baselines: [
          { what: 'Posada', value: whole, unit: 'MB' },
          { what: 'bare window', value: bare, unit: 'MB' },
        ],
        target: `≤ ${mostMb} MB`,
        met: whole - bare <= mostMb,
        samples,
      },
    ];
  },
};
