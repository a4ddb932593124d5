import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import * as api from './index.ts';

test('the README names everything that is exported', async () => {
  const readme = await readFile(new URL('README.md', import.meta.url), 'utf8');
  const table = readme.slice(readme.indexOf('## What'), readme.indexOf('## Rules'));
  expect(Object.keys(api).filter((name) => !table.includes(`\`${name}`))).toEqual([]);
});
