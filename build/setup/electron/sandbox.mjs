import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { mayGoAhead, say } from '../person.mjs';
import { runAsRoot } from '../run.mjs';

/** @param {string} file @returns {string | undefined} */
function read(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined; // kernels that do not know the switch do not have its restriction
  }
}

/** @returns {boolean} whether ordinary users may make the namespaces that Chromium's sandbox is built of */
function namespacesAllowed() {
  return (
    read('/proc/sys/kernel/unprivileged_userns_clone') !== '0' &&
    read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') !== '1'
  );
}

/** @param {string} program Electron's @returns {string} its setuid helper, which does without those namespaces */
const helperOf = (program) => path.join(path.dirname(program), 'chrome-sandbox');

/** @param {string} program */
function helperReady(program) {
  const info = statSync(helperOf(program), { throwIfNoEntry: false });
  return info?.uid === 0 && (info.mode & 0o4000) !== 0;
}

/**
 * Where the system forbids user namespaces (Ubuntu since 23.10), the sandbox needs its setuid helper, as in every
 * packaged Electron app.
 * @param {string} program Electron's
 */
export async function prepareSandbox(program) {
  if (process.getuid?.() === 0 || namespacesAllowed() || helperReady(program)) return;
  const helper = helperOf(program);
  say('This system does not let ordinary users make user namespaces, which Chromium’s sandbox is built of.');
  if (!(await mayGoAhead(`Give the sandbox's own helper to root instead (chown root, chmod 4755 ${helper})?`))) return;
  await runAsRoot(['sh', '-c', 'chown root:root "$1" && chmod 4755 "$1"', 'sh', helper]);
}

/** @returns {string[]} what Electron has to be told: root has no sandbox */
export function sandboxArguments() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
