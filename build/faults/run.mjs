import { spawn } from 'node:child_process';
import { root } from '../setup/paths.mjs';

// The tests of the journal with every second fault instead of some, and a process killed at every moment instead of at 30.
const child = spawn(
  'node_modules/.bin/vitest',
  [
    ...[
      'run',
      '--config',
      'build/vitest.config.ts',
      '--project',
      'unit',
      '--reporter=verbose',
      ...process.argv.slice(2),
    ],
    ...['electron/journal/faults.test.ts', 'electron/journal/disk-full.test.ts', 'electron/journal/kill.test.ts'],
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, POSADA_FAULTS: '1' } },
);
child.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
