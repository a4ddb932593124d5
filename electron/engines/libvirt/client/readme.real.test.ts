import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import * as api from './index.ts';

test('the example in the README does what it says', async () => {
  const readme = await readFile(new URL('README.md', import.meta.url), 'utf8');
  const [, names = '', code = ''] = /```ts\nimport \{(.*)\} from '.\/index.ts';\n(.*?)```/s.exec(readme) ?? [];
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor;
  const run = new AsyncFunction(`{${names}}`, 'console', code.replace('qemu:///system', 'test:///default'));
  const log = vi.fn();
  await run(api, { log });
  expect(log.mock.calls).toContainEqual(['test', api.domainState.running]);
  expect(log.mock.calls).toContainEqual([expect.stringContaining('<name>test</name>')]);
});
