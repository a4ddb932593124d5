import { userInfo } from 'node:os';
import { forbiddenDaemons } from './daemons.mjs';
import { SetupError } from './person.mjs';
import { prepare } from './prepare.mjs';
import { runSuites, sentence } from './suites.mjs';

try {
  await prepare({ sets: ['electron', 'engines', 'display', 'test'], daemons: true });
  const forbidden = await forbiddenDaemons();
  if (forbidden.length > 0) {
    throw new SetupError(`You may not use ${forbidden.join(' and ')}, and tests need to. Join the groups, then log in anew:
  sudo usermod -aG libvirt,docker ${userInfo().username}`);
  }
  const counts = await runSuites();
  process.exitCode = counts.failed > 0 ? 1 : 0;
  console.log(`\n${sentence(counts)}`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  console.log(`\n${sentence({ passed: 0, failed: 1, skipped: 0 })}`);
  process.exitCode = 1;
}
