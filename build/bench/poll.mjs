// Measures polls in a process of its own, where nothing else holds up the event loop. Prints JSON.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [file = '', uri = '', runs = ''] = process.argv.slice(2);

/** @type {import('./client.mjs').Client} */
const { LibvirtHost, allDomainStats } = await import(pathToFileURL(file).href);
const host = await LibvirtHost.open({ uri });
// As the app polls: by name.
const { domains } = await host.polling.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 0 });

/**
 * @param {() => Promise<unknown>} work
 * @returns {Promise<{ ms: number, block: number }>} block: the longest that the loop did not turn; 1 ms is its tact
 */
async function observed(work) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await pause(20);
  delay.reset();
  const began = performance.now();
  await work();
  const ms = performance.now() - began;
  await pause(5); // what blocked at the very end is seen at the next turn
  delay.disable();
  return { ms, block: delay.max / 1e6 };
}

/** @type {{ ms: number, block: number }[]} */
const polls = [];
/** @type {{ ms: number, block: number }[]} */
const idle = [];
for (let run = 0; run < Number(runs); run += 1) {
  polls.push(
    await observed(async () => {
      const { length } = await allDomainStats(host.polling, 0, domains);
      if (length !== domains.length) throw new Error(`The poll found ${length} of ${domains.length} domains.`);
    }),
  );
  idle.push(await observed(() => pause(polls.at(-1)?.ms)));
}
host.close();
console.log(JSON.stringify({ polls, idle }));
