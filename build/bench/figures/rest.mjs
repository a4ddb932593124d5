import { containers, domains } from '../bench.mjs';
import { DrivenApp, guestsShown, makeProfile } from '../driven-app.mjs';
import { median, medianOf } from '../numbers.mjs';
import { calm, cpuPercent } from '../processes.mjs';
import { openVirtManager, surroundings } from '../virt-manager.mjs';

/** @typedef {import('../numbers.mjs').Figure} Figure */

const runs = 3;
const lookMs = 20_000;

/** @param {number} session */
async function looks(session) {
  const percents = [];
  for (let run = 0; run < runs; run += 1) percents.push(await cpuPercent(session, lookMs));
  return percents;
}

/** @type {Figure} */
export const rest = {
  name: 'rest',
  title: `CPU at rest with ${domains} domains and ${containers} containers`,
  async measure(bench) {
    const { nodeFile } = await bench.manyGuests();
    const env = { POSADA_LIBVIRT_URIS: `test://${nodeFile}` };
    const posada = new DrivenApp(bench, 'posada', { profile: await makeProfile(bench), env });
    await guestsShown(posada, domains + containers);
    await calm(posada.pid);
    const shown = await looks(posada.pid);
    await posada.turn('hide');
    if ((await posada.run('document.visibilityState')) !== 'hidden') throw new Error('The window could not be hidden.');
    await calm(posada.pid);
    const hidden = await looks(posada.pid);
    await posada.close();
    const other = await openVirtManager(bench, await surroundings(bench), `test+unix://${nodeFile}`);
    await calm(other.pid);
    const virtManager = await looks(other.pid);
    await other.close();
    const base = median(virtManager);
    /** @param {string} what @param {number[]} percents @param {number} aim */
    const row = (what, percents, aim) => {
      const value = median(percents);
      return {
        what,
        value,
        unit: '%',
        of: medianOf(percents),
        baselines: [{ what: 'virt-manager on screen', value: base, unit: '%' }],
        times: value / base,
        target: `≤ 0.05 × virt-manager (aim ${aim} %)`,
        met: value <= 0.05 * base,
        samples: { posada: percents, virtManager },
      };
    };
    return [row('on screen', shown, 3), row('hidden', hidden, 0.5)];
  },
};
