import { bareShown, DrivenApp, guestsShown, makeProfile } from '../driven-app.mjs';
import { median } from '../numbers.mjs';

/** @typedef {import('../numbers.mjs').Figure} Figure */

const runs = 3;
const guests = 10_000;
const lastsMs = 5000;
const slowMs = 50;
/** Two seconds after the list: its first figures have come. */
const settle = 'await new Promise((done) => setTimeout(done, 2000));';

/**
 * Scrolls an element through its whole height.
 * @param {DrivenApp} app @param {string} element expression
 * @returns {Promise<number[]>} how long each frame took, in ms
 */
function scrollThrough(app, element) {
  return app.run(`(async () => {
    const element = ${element};
    ${settle}
    const height = element.scrollHeight - element.clientHeight;
    if (height < ${guests}) throw new Error('There is nothing to scroll.');
    const frames = [];
    const began = await new Promise(requestAnimationFrame);
    // The last tenth of a second stays at the end, so that it is drawn too.
    for (let before = began; before < began + ${lastsMs}; ) {
      element.scrollTop = height * Math.min(1, (before - began + 100) / ${lastsMs});
      const at = await new Promise(requestAnimationFrame);
      frames.push(at - before);
      before = at;
    }
    return frames;
  })()`);
}

/** @param {readonly (readonly number[])[]} all frames of each run */
const summary = (all) => ({
  slow: Math.max(...all.map((frames) => frames.filter((ms) => ms > slowMs).length)),
  longest: Math.max(...all.flat()),
  rate: median(all.map((frames) => frames.length / (lastsMs / 1000))),
});

/** @type {Figure} */
export const scroll = {
  name: 'scroll',
  title: `Scrolling through ${guests} guests in ${lastsMs / 1000} s`,
  async measure(bench) {
    const [posadaFrames, bareFrames] = [/** @type {number[][]} */ ([]), /** @type {number[][]} */ ([])];
    for (let run = 0; run < runs; run += 1) {
      const bare = new DrivenApp(bench, 'bare', { profile: await makeProfile(bench) });
      await bareShown(bare);
      await bare.run(`document.body.style.height = '${30 * guests}px'`);
      bareFrames.push(await scrollThrough(bare, 'document.scrollingElement'));
      await bare.close();
      const posada = new DrivenApp(bench, 'posada', { profile: await makeProfile(bench), args: [`--demo=${guests}`] });
      await guestsShown(posada, guests);
      posadaFrames.push(await scrollThrough(posada, "document.querySelector('[role=grid]')"));
      const rows = "Math.max(...[...document.querySelectorAll('[role=row]')].map((row) => row.ariaRowIndex))";
      if ((await posada.run(rows)) < guests - 50) throw new Error('The end of the list was not drawn.');
      await posada.close();
    }
    const [posada, bare] = [summary(posadaFrames), summary(bareFrames)];
    return [
      {
        what: `frames over ${slowMs} ms`,
        value: posada.slow,
        unit: 'frames',
        of: `worst of ${runs}`,
        baselines: [
          { what: 'bare page', value: bare.slow, unit: 'frames' },
          { what: 'longest', value: posada.longest, unit: 'ms' },
          { what: 'bare page, longest', value: bare.longest, unit: 'ms' },
          { what: 'rate', value: posada.rate, unit: 'frames/s' },
        ],
        target: 'none',
        met: posada.slow === 0,
        samples: Object.fromEntries([
          ...posadaFrames.map((frames, run) => [`posada ${run + 1}`, frames]),
          ...bareFrames.map((frames, run) => [`bare ${run + 1}`, frames]),
        ]),
      },
    ];
  },
};
