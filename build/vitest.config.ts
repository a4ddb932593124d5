import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const real = '**/*.real.test.ts';
const ignored = ['**/node_modules/**', '**/out/**', '**/.cache/**', 'build/e2e/**'];

// `unit` needs nothing but Node; `real` speaks to libvirtd, dockerd and Podman, one file after another, since they are
// shared by all tests.
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          name: 'unit',
          include: ['{electron,renderer,shared,build}/**/*.test.{ts,tsx}'],
          exclude: [...ignored, real],
        },
      },
      {
        root,
        test: {
          name: 'real',
          include: [`{electron,build}/${real}`],
          exclude: ignored,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
