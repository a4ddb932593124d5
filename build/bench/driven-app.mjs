import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { electron } from '../setup/electron/runtime.mjs';
import { sandboxArguments } from '../setup/electron/sandbox.mjs';
import { root } from '../setup/paths.mjs';
import { now } from './numbers.mjs';
import { end } from './processes.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */

const patienceMs = 60_000;
const mains = {
  posada: path.join(root, 'out/main/main.js'),
  bare: path.join(import.meta.dirname, 'bare-window/main.mjs'),
};

/** Our environment without what would point a program elsewhere. @returns {NodeJS.ProcessEnv} */
export function plainEnv() {
  const left = /^(DOCKER_|LIBVIRT_|POSADA_|XDG_|npm_|ELECTRON_|NODE_|WAYLAND_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !left.test(name)));
}

/** @param {Bench} bench @returns {Promise<string>} a folder for an app's own files, gone at the end */
export async function makeProfile(bench) {
  const folder = await mkdtemp('/var/tmp/posada-test-profile-');
  bench.later(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** An Electron app that runs and does what it is asked. */
export class DrivenApp {
  /** When its process was started. */
  startedAt = 0;
  /** @type {import('node:child_process').ChildProcess} */
  #child;
  #questions = 0;
  /** @type {Map<number | string, { done: (value: any) => void, failed: (error: Error) => void }>} */
  #waiting = new Map();
  /** @type {Map<string, number>} */
  #moments = new Map();
  #said = '';

  /**
   * @param {Bench} bench
   * @param {'posada' | 'bare'} which
   * @param {{ profile: string, env?: Record<string, string>, args?: string[] }} how
   */
  constructor(bench, which, { profile, env, args = [] }) {
    const { program } = electron();
    const words = [...sandboxArguments(), '--disable-gpu', `--user-data-dir=${profile}`];
    this.startedAt = now();
    this.#child = spawn(program, [...words, path.join(import.meta.dirname, 'driven'), ...args], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...plainEnv(), DISPLAY: bench.display, POSADA_BENCH_MAIN: mains[which], ...env },
      // A session of its own: that is how its processes are told from others'.
      detached: true,
    });
    bench.later(() => this.close());
    this.#child.stderr?.on('data', (data) => {
      this.#said = `${this.#said}${data}`.slice(-2000);
    });
    this.#child.on('message', (/** @type {any} */ message) => this.#hear(message));
    this.#child.on('error', (error) => this.#fail(error));
    this.#child.on('exit', (code) => this.#fail(new Error(`The app ended (${code}): ${this.#said}`)));
  }

  /** Also the number of its session. */
  get pid() {
    return this.#child.pid ?? 0;
  }

  /**
   * @param {'ready-to-show' | 'dom-ready' | 'did-finish-load'} name of the first window
   * @returns {Promise<number>} when it was
   */
  async moment(name) {
    return this.#moments.get(name) ?? this.#wait(name);
  }

  /**
   * @param {string} code run in the page; a promise is waited for
   * @returns {Promise<any>}
   */
  run(code) {
    return this.#ask({ ask: 'run', code });
  }

  /** @param {'hide' | 'show'} ask */
  turn(ask) {
    return this.#ask({ ask });
  }

  async close() {
    this.#child.removeAllListeners('exit');
    await end(this.#child);
  }

  /** @param {{ ask: string, code?: string }} question */
  #ask(question) {
    this.#questions += 1;
    const answer = this.#wait(this.#questions);
    this.#child.send({ id: this.#questions, ...question });
    return answer;
  }

  /** @param {number | string} id @returns {Promise<any>} */
  async #wait(id) {
    const late = setTimeout(() => {
      this.#waiting.get(id)?.failed(new Error(`The app has not answered for ${patienceMs / 1000} s (${id}).`));
    }, patienceMs);
    try {
      return await new Promise((done, failed) => this.#waiting.set(id, { done, failed }));
    } finally {
      clearTimeout(late);
      this.#waiting.delete(id);
    }
  }

  /** @param {{ moment?: string, at?: number, id?: number, value?: unknown, error?: string }} message */
  #hear({ moment, at, id, value, error }) {
    if (moment !== undefined && at !== undefined) this.#moments.set(moment, at);
    const waiting = this.#waiting.get(moment ?? id ?? 0);
    if (error !== undefined) waiting?.failed(new Error(error));
    else waiting?.done(moment ? at : value);
  }

  /** @param {Error} error */
  #fail(error) {
    for (const { failed } of this.#waiting.values()) failed(error);
  }
}

/** When an app whose page is empty has shown it. @param {DrivenApp} app */
export async function bareShown(app) {
  const moments = await Promise.all([app.moment('did-finish-load'), app.moment('ready-to-show')]);
  return Math.max(...moments);
}

/** When Posada has painted what its engines list. @param {DrivenApp} app @returns {Promise<number>} */
export async function listShown(app) {
  await app.moment('dom-ready');
  return app.run(`new Promise((done) => {
    const root = document.documentElement;
    const look = () => root.dataset.ready === 'list' &&
      done(performance.timeOrigin + performance.getEntriesByName('posada:list')[0].startTime);
    // The mark follows the attribute.
    new MutationObserver(look).observe(root, { attributes: true });
    look();
  })`);
}

/** When Posada has painted a list of at least so many guests. @param {DrivenApp} app @param {number} guests @returns {Promise<number>} */
export async function guestsShown(app, guests) {
  await app.moment('dom-ready');
  return app.run(`new Promise((done) => {
    const look = () => {
      const count = document.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
      if (!(Number(count) > ${guests})) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.timeOrigin + performance.now())));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributeFilter: ['aria-rowcount'] });
    look();
  })`);
}
