import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { logs } from './paths.mjs';
import { mayGoAhead, say } from './person.mjs';
import { ask, asRoot, isInstalled, run } from './run.mjs';

/**
 * @typedef {object} Daemon
 * @property {string} name
 * @property {readonly string[]} sockets one that takes a connection means that it runs
 * @property {string} unit of systemd
 * @property {string[]} command that starts it where there is no systemd
 * @property {string} [folder] that it needs and does not make
 * @property {true} [ofDaemons] only other daemons talk to it: its socket is root's alone
 */

/** In the order of their starting: libvirtd looks for the system bus once only. @type {readonly Daemon[]} */
const daemons = [
  {
    name: 'D-Bus (system bus)',
    sockets: ['/run/dbus/system_bus_socket'],
    unit: 'dbus',
    command: ['dbus-daemon', '--system', '--nofork', '--nopidfile'],
    folder: '/run/dbus',
  },
  {
    name: 'virtlogd',
    sockets: ['/run/libvirt/virtlogd-sock'],
    unit: 'virtlogd.socket',
    command: ['virtlogd'],
    ofDaemons: true,
  },
  {
    name: 'libvirtd',
    sockets: ['/run/libvirt/libvirt-sock', '/run/libvirt/virtqemud-sock'],
    unit: 'libvirtd',
    command: ['libvirtd'],
  },
  {
    name: 'dockerd',
    sockets: ['/run/docker.sock'],
    unit: 'docker',
    command: ['dockerd'],
  },
];

/** @param {string} socket @returns {Promise<'taken' | 'forbidden' | 'no'>} whether it takes a connection */
function tryConnect(socket) {
  return new Promise((resolve) => {
    const connection = net.connect(socket);
    connection.once('connect', () => {
      connection.destroy();
      resolve('taken');
    });
    connection.once('error', (error) => {
      resolve('code' in error && error.code === 'EACCES' ? 'forbidden' : 'no');
    });
  });
}

/** @param {Daemon} daemon @returns {Promise<boolean>} */
async function runs({ sockets }) {
  const answers = await Promise.all(sockets.map(tryConnect));
  return answers.some((answer) => answer !== 'no'); // a forbidden one runs: the app says what to do then
}

/** @returns {Promise<string[]>} names of daemons that run and do not let this user in */
export async function forbiddenDaemons() {
  const names = [];
  for (const { name, sockets, ofDaemons } of daemons) {
    if (!ofDaemons && (await Promise.all(sockets.map(tryConnect))).includes('forbidden')) names.push(name);
  }
  return names;
}

/** @param {Daemon} daemon */
function isThere({ command }) {
  return isInstalled(command[0] ?? '');
}

/**
 * Starts a daemon that outlives us. Its output goes to a file: one that keeps the caller's makes the caller's caller
 * wait for ever.
 * @param {Daemon} daemon
 */
function startDirectly({ name, command, folder }) {
  if (folder) mkdirSync(folder, { recursive: true });
  mkdirSync(logs, { recursive: true });
  const log = openSync(path.join(logs, `${name.split(' ')[0]?.toLowerCase()}.log`), 'a');
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const child = spawn(command[0] ?? '', command.slice(1), {
    detached: true,
    stdio: ['ignore', log, log],
    env,
    cwd: '/',
  });
  child.on('error', (error) => say(`${name} could not be started: ${error.message}`));
  child.unref();
}

/** @param {Daemon} daemon @returns {Promise<boolean>} whether it answers within 30 seconds */
async function comesUp(daemon) {
  for (const until = Date.now() + 30_000; Date.now() < until; ) {
    if (await runs(daemon)) return true;
    await pause(100);
  }
  return false;
}

/**
 * What udev does where it runs: without it /dev/kvm is root's alone, QEMU's user cannot open it, and libvirt probes its
 * emulators anew at every call, for 4 s each time.
 */
function openKvm() {
  const device = '/dev/kvm';
  if (existsSync('/run/udev') || !existsSync(device) || process.getuid?.() !== 0) return;
  const info = statSync(device);
  if ((info.mode & 0o777) !== 0o600 || ask(['getent', 'group', 'kvm']).code !== 0) return;
  say(`${device} gets its usual group and mode (root:kvm, 0660), since udev does not run here.`);
  ask(['chgrp', 'kvm', device]);
  ask(['chmod', '660', device]);
}

/** Starts those daemons that are installed and do not run. One that can't be started is said, and the app goes on. */
export async function startDaemons() {
  const systemd = existsSync('/run/systemd/system');
  openKvm();
  for (const daemon of daemons) {
    if (!isThere(daemon) || (await runs(daemon))) continue;
    const how = systemd ? `systemctl start ${daemon.unit}` : daemon.command.join(' ');
    const command = systemd ? asRoot(['systemctl', 'start', daemon.unit]) : undefined;
    if (systemd ? !command : process.getuid?.() !== 0) {
      say(`${daemon.name} is not running, and starting it needs root:\n  sudo ${how}`);
      continue;
    }
    say(`${daemon.name} is not running.`);
    if (!(await mayGoAhead(`Start it (${how})?`))) continue;
    if (command) await run(command);
    else startDirectly(daemon);
    if (!(await comesUp(daemon))) say(`${daemon.name} was started and does not answer. Its log says why: ${logs}`);
  }
}
