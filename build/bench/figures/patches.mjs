import { setTimeout as pause } from 'node:timers/promises';
import { DrivenApp, guestsShown, makeProfile } from '../driven-app.mjs';
import { memory as memoryOf } from '../processes.mjs';

/** @typedef {import('../numbers.mjs').Figure} Figure */

const guests = 10_000;
const patches = 10_000;
/** Until then ended tasks and each guest's history have reached what is kept of them. */
const warmUp = 3000;
const acted = 10;
const roundPatches = 1000;
const mostMb = 2;

/**
 * Changes guests through main, as a person would, until so many patches have come.
 * @param {DrivenApp} app @param {number} count
 * @returns {Promise<number>} how many came
 */
function change(app, count) {
  return app.run(`(async () => {
    const { value } = await window.posada.call('inventory.read', {});
    const ids = value.guests.slice(0, ${acted}).map((guest) => guest.id);
    let came = 0;
    let next = () => {};
    const stop = window.posada.listen((event) => {
      if (event !== 'inventory.patch') return;
      came += 1;
      next();
    });
    for (let number = 0; came < ${count}; number += 1) {
      const heard = new Promise((done) => { next = done; });
      const on = number % 2 === 0;
      const reply = await window.posada.call('guest.act', {
        guests: [ids[number % ids.length]],
        action: { verb: 'setTags', add: on ? ['bench'] : [], remove: on ? [] : ['bench'] },
      });
      if (!reply.ok) throw new Error(JSON.stringify(reply.failure));
      await heard;
    }
    stop();
    return came;
  })()`);
}

/** @param {DrivenApp} app @returns {Promise<number>} what the page's scripts hold after a collection, in MB */
async function heap(app) {
  await pause(3000);
  return app.run(`(async () => {
    for (let time = 0; time < 5; time += 1) {
      gc();
      await new Promise((done) => setTimeout(done, 200));
    }
    return performance.memory.usedJSHeapSize / 1e6;
  })()`);
}

/** @type {Figure} */
export const patches10k = {
  name: 'patches',
  title: `Memory over ${patches} patches to ${guests} guests`,
  async measure(bench) {
    const app = new DrivenApp(bench, 'posada', {
      profile: await makeProfile(bench),
      args: ['--js-flags=--expose-gc', '--enable-precise-memory-info', `--demo=${guests}`],
    });
    await guestsShown(app, guests);
    await change(app, warmUp);
    const heaps = [await heap(app)];
    const wholes = [memoryOf(app.pid)];
    for (let came = 0; came < patches; ) {
      came += await change(app, roundPatches);
      heaps.push(await heap(app));
      wholes.push(memoryOf(app.pid));
    }
    await app.close();
    // The least of several readings: what is above it waits to be collected, what stays raises it.
    const half = Math.floor(heaps.length / 2);
    const [before, after] = [Math.min(...heaps.slice(0, half)), Math.min(...heaps.slice(-half))];
    const value = after - before;
    return [
      {
        what: "growth of the page's heap",
        value,
        unit: 'MB',
        of: `least of ${half}`,
        baselines: [
          { what: 'least heap before', value: before, unit: 'MB' },
          { what: 'PSS of all before', value: wholes[0] ?? 0, unit: 'MB' },
          { what: 'PSS of all after', value: wholes.at(-1) ?? 0, unit: 'MB' },
        ],
        target: `≤ ${mostMb} MB`,
        met: value <= mostMb,
        samples: { heap: heaps, pss: wholes },
      },
    ];
  },
};
