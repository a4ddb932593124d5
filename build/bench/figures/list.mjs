import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { containers, domains } from '../bench.mjs';
import { bareShown, DrivenApp, guestsShown, makeProfile } from '../driven-app.mjs';
import { docker } from '../guests.mjs';
import { median, medianOf } from '../numbers.mjs';

/** @typedef {import('../numbers.mjs').Figure} Figure */

const runs = 5;
const execute = promisify(execFile);

/** @param {() => Promise<unknown>} work @returns {Promise<number>} how long it took, in ms */
async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** @type {Figure} */
export const list = {
  name: 'list',
  title: `${domains} domains and ${containers} containers`,
  async measure(bench) {
    const { nodeFile } = await bench.manyGuests();
    const [bareProfile, profile] = [await makeProfile(bench), await makeProfile(bench)];
    const env = { POSADA_LIBVIRT_URIS: `test://${nodeFile}` };
    /** @type {Record<'posada' | 'bare' | 'virsh' | 'docker', number[]>} */
    const samples = { posada: [], bare: [], virsh: [], docker: [] };
    for (let run = -1; run < runs; run += 1) {
      const bare = new DrivenApp(bench, 'bare', { profile: bareProfile });
      const bareTook = (await bareShown(bare)) - bare.startedAt;
      await bare.close();
      const posada = new DrivenApp(bench, 'posada', { profile, env });
      const took = (await guestsShown(posada, domains + containers)) - posada.startedAt;
      await posada.close();
      const virsh = await timed(() => execute('virsh', ['-c', `test+unix://${nodeFile}`, 'list', '--all']));
      const ps = await timed(() => docker('ps', '-a'));
      if (run < 0) continue;
      samples.posada.push(took);
      samples.bare.push(bareTook);
      samples.virsh.push(virsh);
      samples.docker.push(ps);
    }
    const tools = median(samples.virsh) + median(samples.docker);
    const value = median(samples.posada) - median(samples.bare);
    return [
      {
        what: 'complete list, over the bare window',
        value,
        unit: 'ms',
        of: medianOf(samples.posada),
        baselines: [
          { what: 'virsh list + docker ps', value: tools, unit: 'ms' },
          { what: 'bare window', value: median(samples.bare), unit: 'ms' },
        ],
        times: value / tools,
        target: '≤ 1.5 × the tools',
        met: value <= 1.5 * tools,
        samples,
      },
    ];
  },
};
