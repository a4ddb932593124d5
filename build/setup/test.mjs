import { SetupError } from './person.mjs';
import { prepare } from './prepare.mjs';
import { runSuites, sentence } from './suites.mjs';

try {
  await prepare({ sets: ['app', 'display', 'test'], daemons: true });
  const counts = await runSuites();
  process.exitCode = counts.failed > 0 ? 1 : 0;
  console.log(`\n${sentence(counts)}`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  console.log(`\n${sentence({ passed: 0, failed: 1, skipped: 0 })}`);
  process.exitCode = 1;
}
