import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { containers, domains } from '../bench.mjs';
import { buildClient } from '../client.mjs';
import { DrivenApp, guestsShown, makeProfile } from '../driven-app.mjs';
import { dockerSocket, domainName, domainXml, runContainer, testing } from '../guests.mjs';
import { median, now, quantile } from '../numbers.mjs';

/** @typedef {import('../bench.mjs').Bench} Bench */
/** @typedef {import('../numbers.mjs').Figure} Figure */
/** @typedef {import('../numbers.mjs').Row} Row */

/**
 * A guest that can be paused and resumed from outside, and an ear of our own for what its engine tells.
 * @typedef {object} Outside
 * @property {string} guest its name, the first in the list
 * @property {(to: 'paused' | 'running') => Promise<unknown>} turn
 * @property {() => Promise<unknown>} read asks the engine for it
 * @property {(heard: (at: number) => void) => void} listen
 */

const events = 40;
const mostMs = 60;
/** Both come before all others in the list, which draws only what is on screen. */
const guests = { docker: `posada-test-0-${process.pid}-container`, libvirt: 'posada-test-0-domain' };

/** @param {string} method @param {string} path @returns {Promise<http.IncomingMessage>} the answer's head */
function ask(method, path) {
  return new Promise((resolve, reject) => {
    http.request({ socketPath: dockerSocket, method, path }, resolve).on('error', reject).end();
  });
}

/** @param {string} method @param {string} path */
async function askAll(method, path) {
  const answer = await ask(method, path);
  for await (const _part of answer);
  if ((answer.statusCode ?? 500) >= 300) throw new Error(`${method} ${path}: ${answer.statusCode}`);
}

/** @param {Bench} bench @returns {Promise<Outside>} */
async function outsideDocker(bench) {
  const id = await runContainer((undo) => bench.later(undo), guests.docker);
  const filters = encodeURIComponent(JSON.stringify({ container: [id], event: ['pause', 'unpause'] }));
  const stream = await ask('GET', `/events?filters=${filters}`);
  bench.later(() => stream.destroy());
  return {
    guest: guests.docker,
    turn: (to) => askAll('POST', `/containers/${id}/${to === 'paused' ? 'pause' : 'unpause'}`),
    read: () => askAll('GET', `/containers/${id}/json`),
    listen: (heard) => stream.on('data', () => heard(now())),
  };
}

/** @param {Bench} bench @returns {Promise<Outside & { socket: string }>} */
async function outsideLibvirt(bench) {
  // The default world of the test driver is everybody's who asks the same daemon.
  /** @type {typeof import('../../testing/private-libvirtd.ts')} */
  const { PrivateLibvirtd } = await testing('private-libvirtd.ts');
  const daemon = await PrivateLibvirtd.start();
  bench.later(() => daemon.close());
  /** @type {import('../client.mjs').Client} */
  const { LibvirtHost } = await import(pathToFileURL(await buildClient()).href);
  /** @type {((at: number) => void)[]} */
  const ears = [];
  const host = await LibvirtHost.open(
    { uri: 'test:///default', socketPaths: [daemon.socket] },
    {
      event: () =>
        ears.forEach((heard) => {
          heard(now());
        }),
    },
  );
  bench.later(() => host.close());
  const names = [guests.libvirt, ...Array.from({ length: domains - 1 }, (_, number) => domainName(number))];
  /** @type {object | undefined} */
  let dom;
  for (const name of names.reverse()) {
    ({ dom } = await host.actions.call('DOMAIN_CREATE_XML', { xml_desc: domainXml(name), flags: 0 }));
  }
  await host.events.call('CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY', { eventID: 0, dom: null });
  return {
    guest: guests.libvirt,
    turn: (to) => host.actions.call(to === 'paused' ? 'DOMAIN_SUSPEND' : 'DOMAIN_RESUME', { dom }),
    read: () => host.actions.call('DOMAIN_GET_XML_DESC', { dom, flags: 0 }),
    listen: (heard) => ears.push(heard),
    socket: daemon.socket,
  };
}

/** Begins to watch for a state in a guest's row. @param {string} guest @param {string} state */
const watch = (guest, state) => `(() => {
  const name = [...document.querySelectorAll('.guest-name')].find((each) => each.textContent === '${guest}');
  const row = name?.closest('[role=row]');
  if (!row) throw new Error('${guest} is not on screen.');
  window.benchSeen = new Promise((done, failed) => {
    setTimeout(() => failed(new Error('The row did not change.')), 10_000);
    new MutationObserver((_changes, observer) => {
      if (row.querySelector('.state-mark').dataset.state !== '${state}') return;
      observer.disconnect();
      done(performance.timeOrigin + performance.now());
    }).observe(row, { subtree: true, childList: true, attributes: true, characterData: true });
  });
})()`;

/**
 * @param {DrivenApp} posada @param {string} what @param {Outside} outside
 * @returns {Promise<Row>}
 */
async function measureOne(posada, what, { guest, turn, read, listen }) {
  const [delays, reads] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  let heardAt = 0;
  listen((at) => {
    heardAt ||= at;
  });
  for (let count = 0; count < events; count += 1) {
    const to = count % 2 === 0 ? 'paused' : 'running';
    await posada.run(watch(guest, to));
    // Not in step with anything of the app's.
    await pause(200 + Math.random() * 150);
    heardAt = 0;
    await turn(to);
    const seenAt = await posada.run('window.benchSeen');
    if (heardAt === 0) throw new Error('The event was not heard.');
    delays.push(seenAt - heardAt);
    const began = now();
    await read();
    reads.push(now() - began);
  }
  const slow = quantile(delays, 0.95);
  return {
    what: `${what} event to row, p95`,
    value: slow,
    unit: 'ms',
    of: `${events} events`,
    baselines: [
      { what: 'p50', value: median(delays), unit: 'ms' },
      { what: 'one read of the guest', value: median(reads), unit: 'ms' },
    ],
    target: `≤ ${mostMs} ms`,
    met: slow <= mostMs,
    samples: { delays, reads },
  };
}

/** @type {Figure} */
export const eventToRow = {
  name: 'events',
  title: `An engine's event to the changed row, among ${domains} domains and ${containers} containers`,
  async measure(bench) {
    await bench.manyGuests();
    const docker = await outsideDocker(bench);
    const libvirt = await outsideLibvirt(bench);
    const env = { POSADA_LIBVIRT_URIS: 'test:///default', POSADA_LIBVIRT_SOCKET: libvirt.socket };
    const posada = new DrivenApp(bench, 'posada', { profile: await makeProfile(bench), env });
    await guestsShown(posada, domains + containers + 1);
    await pause(5000);
    const rows = [await measureOne(posada, 'Docker', docker), await measureOne(posada, 'libvirt', libvirt)];
    await posada.close();
    return rows;
  },
};
