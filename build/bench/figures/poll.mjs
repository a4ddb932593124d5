import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { domains } from '../bench.mjs';
import { buildClient } from '../client.mjs';
import { makeNodeFile } from '../guests.mjs';
import { median, medianOf } from '../numbers.mjs';

/** @typedef {import('../numbers.mjs').Figure} Figure */
/** @typedef {{ ms: number, block: number }} Observed */

const runs = 25;
const virshRuns = 5;
const mostBlockMs = 10;
const execute = promisify(execFile);

/** @type {Figure} */
export const poll = {
  name: 'poll',
  title: `One poll of ${domains} domains`,
  async measure(bench) {
    const nodeFile = await makeNodeFile((undo) => bench.later(undo), domains);
    const words = [path.join(import.meta.dirname, '../poll.mjs'), await buildClient(), `test://${nodeFile}`, `${runs}`];
    const { stdout } = await execute(process.execPath, words);
    /** @type {{ polls: Observed[], idle: Observed[] }} */
    const { polls, idle } = JSON.parse(stdout);
    const virsh = [];
    for (let run = 0; run < virshRuns; run += 1) {
      const began = performance.now();
      await execute('virsh', ['-c', `test+unix://${nodeFile}`, 'domstats'], { maxBuffer: 64 * 1024 * 1024 });
      virsh.push(performance.now() - began);
    }
    const took = polls.map(({ ms }) => ms);
    const [blocks, idleBlocks] = [polls, idle].map((all) => all.map(({ block }) => block));
    const longest = Math.max(...(blocks ?? []));
    return [
      {
        what: 'poll on an open connection',
        value: median(took),
        unit: 'ms',
        of: medianOf(took),
        baselines: [{ what: 'virsh domstats', value: median(virsh), unit: 'ms' }],
        times: median(took) / median(virsh),
        target: '≤ 0.1 × virsh',
        met: median(took) <= 0.1 * median(virsh),
        samples: { posada: took, virsh },
      },
      {
        what: 'longest block of the event loop',
        value: longest,
        unit: 'ms',
        of: `worst of ${runs}, the first poll too`,
        baselines: [
          { what: 'median', value: median(blocks ?? []), unit: 'ms' },
          { what: 'idle, worst', value: Math.max(...(idleBlocks ?? [])), unit: 'ms' },
        ],
        target: `never over ${mostBlockMs} ms`,
        met: longest <= mostBlockMs,
        samples: { blocks: blocks ?? [], idle: idleBlocks ?? [] },
      },
    ];
  },
};
