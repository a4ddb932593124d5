import { readdirSync } from 'node:fs';
import { mayGoAhead, SetupError, say } from './person.mjs';
import { ask, asRoot, isInstalled, runAsRoot } from './run.mjs';

/** @typedef {import('./package-list.mjs').Need} Need */

/** @returns {Set<string>} names of all Debian packages that are installed */
function installedPackages() {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const { text } = ask(['dpkg-query', '-W', '-f', '${Package}\t${db:Status-Abbrev}\n']);
  return new Set(
    text
      .split('\n')
      .filter((line) => line.split('\t')[1]?.startsWith('ii'))
      .map((line) => line.split('\t')[0] ?? ''),
  );
}

/**
 * What of the needs is not there.
 * @param {readonly Need[]} needs
 * @param {ReadonlySet<string>} installed package names
 * @param {(program: string) => boolean} hasProgram
 * @returns {Need[]}
 */
export function missingOf(needs, installed, hasProgram) {
  return needs.filter(
    (need) =>
      !need.names.some((name) => installed.has(name)) && !need.orProgram?.some((program) => hasProgram(program)),
  );
}

/** @param {Need} need @param {(name: string) => boolean} isKnown @returns {string} the name to install it by */
export function nameToInstall(need, isKnown) {
  return need.names.find(isKnown) ?? need.names[0] ?? '';
}

/** @param {string} name @returns {boolean} whether the package lists offer it */
function hasCandidate(name) {
  const { text } = ask(['apt-cache', 'policy', name]);
  return /Candidate: (?!\(none\))/.test(text);
}

function hasPackageLists() {
  try {
    return readdirSync('/var/lib/apt/lists').some((name) => name.includes('Packages'));
  } catch {
    return false; // not readable is as good as not there: apt will tell
  }
}

/**
 * Installs what is missing, after saying so. Where that can't be, or the person does not want it, the rest goes on:
 * the app says itself which engine is missing.
 * @param {readonly Need[]} needs
 * @throws {SetupError} with what to do, where something is missing that nothing works without
 */
export async function installPackages(needs) {
  if (!isInstalled('apt-get')) {
    const names = needs.map((need) => need.names[0]).join(' ');
    say(`This is not Debian or Ubuntu, so packages are left to you. Posada needs what Debian calls:\n  ${names}`);
    return;
  }
  const missing = missingOf(needs, installedPackages(), isInstalled);
  if (missing.length === 0) return;
  const names = missing.map((need) => nameToInstall(need, hasCandidate));
  say('These Debian packages are missing:');
  for (const why of new Set(missing.map((need) => need.why))) {
    say(`  ${why}: ${names.filter((_name, place) => missing[place]?.why === why).join(' ')}`);
  }
  if (!asRoot(['true'])) {
    return goOnWithout(
      missing,
      `Installing them needs root. You can do it yourself:\n  sudo apt-get install ${names.join(' ')}`,
    );
  }
  if (!(await mayGoAhead('Install them now?'))) return goOnWithout(missing, 'Nothing was installed.');
  const install = () => {
    // By the lists that are there now: a package may have another name in fresh ones.
    const wanted = missing.map((need) => nameToInstall(need, hasCandidate));
    const command = ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...wanted];
    return runAsRoot(command, { DEBIAN_FRONTEND: 'noninteractive' });
  };
  if (!hasPackageLists()) await runAsRoot(['apt-get', 'update', '-q']);
  try {
    await install();
  } catch {
    // Package lists of last month name files that are gone: fresh ones, once.
    say('Once more with fresh package lists…');
    await runAsRoot(['apt-get', 'update', '-q']);
    await install();
  }
}

/** @param {readonly Need[]} missing @param {string} why */
function goOnWithout(missing, why) {
  if (missing.some((need) => need.needed)) throw new SetupError(why);
  say(`${why}\nGoing on without them.`);
}
