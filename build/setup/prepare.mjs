import { build } from './build.mjs';
import { startDaemons } from './daemons.mjs';
import { electron, getElectron } from './electron/runtime.mjs';
import { prepareSandbox } from './electron/sandbox.mjs';
import { installModules } from './npm.mjs';
import { packageSets } from './package-list.mjs';
import { installPackages } from './packages.mjs';

/**
 * Everything that the app or its tests need; what is there already is left alone, so that a second run is quick.
 * @param {{ sets: readonly (keyof typeof packageSets)[], daemons: boolean }} wanted
 */
export async function prepare({ sets, daemons }) {
  await installPackages(sets.flatMap((name) => packageSets[name]));
  await installModules();
  await getElectron();
  await prepareSandbox(electron().program);
  await build();
  if (daemons) await startDaemons();
}
