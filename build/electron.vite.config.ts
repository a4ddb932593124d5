import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = path.join(import.meta.dirname, '..');

// Everything is bundled: a packaged main loads a few files instead of hundreds, which is what a cold start waits for.
// Targets are those of the oldest runtime that it must run on: Electron 33, Node 20.18, Chromium 130.
export default defineConfig({
  main: {
    root,
    build: {
      outDir: path.join(root, 'out/main'),
      emptyOutDir: true,
      externalizeDeps: false,
      minify: false,
      target: 'node20.18',
      lib: { entry: path.join(root, 'electron/main.ts'), formats: ['es'], fileName: () => 'main.js' },
      rollupOptions: { external: ['cpu-features', /\.node$/] },
    },
  },
  preload: {
    root,
    build: {
      outDir: path.join(root, 'out/preload'),
      emptyOutDir: true,
      externalizeDeps: false,
      target: 'node20.18',
      lib: { entry: path.join(root, 'electron/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'preload.cjs' } },
    },
  },
  renderer: {
    root: path.join(root, 'renderer'),
    plugins: [react()],
    build: {
      outDir: path.join(root, 'out/renderer'),
      emptyOutDir: true,
      minify: true,
      target: 'chrome130',
      rollupOptions: { input: path.join(root, 'renderer/index.html') },
    },
  },
});
