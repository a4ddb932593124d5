import { describe, expect, test } from 'vitest';
import { currentContext, digestOf, readContexts, readTls } from './docker-contexts.ts';
import { contextFiles, fakeProbes } from './testing/fake-files.ts';

const folder = '/home/me/.docker';

describe('the current context', () => {
  test('is the one that the configuration names', async () => {
    const files = { [`${folder}/config.json`]: { currentContext: 'build', auths: {}, credsStore: 'x' } };
    expect(await currentContext(folder, fakeProbes({ files }))).toBe('build');
  });

  test.each([
    ['there is no configuration', undefined],
    ['it names none', { auths: {} }],
    ['it names an empty one', { currentContext: '' }],
    ['it is no JSON', '{ "currentContext": "build"'],
    ['it is another shape', { currentContext: ['build'] }],
    ['it is no object', 'null'],
  ])('is none where %s', async (_title, config) => {
    const files = config === undefined ? {} : { [`${folder}/config.json`]: config };
    expect(await currentContext(folder, fakeProbes({ files }))).toBeUndefined();
  });
});

describe('contexts', () => {
  test('are read by name, with the TLS files that they have', async () => {
    const files = {
      ...contextFiles(
        folder,
        'remote',
        { Host: 'tcp://b:2376', SkipTLSVerify: false },
        { 'ca.pem': 'CA', 'key.pem': 'K' },
      ),
      ...contextFiles(folder, 'lax', { Host: 'tcp://c:2376', SkipTLSVerify: true }, { 'cert.pem': 'C' }),
      ...contextFiles(folder, 'local ü', { Host: 'unix:///x.sock' }),
    };
    expect(await readContexts(folder, fakeProbes({ files }))).toEqual([
      { name: 'lax', host: 'tcp://c:2376', tls: { cert: 'C', skipVerify: true } },
      { name: 'local ü', host: 'unix:///x.sock' },
      { name: 'remote', host: 'tcp://b:2376', tls: { ca: 'CA', key: 'K' } },
    ]);
  });

  test('are none where there is no folder', async () => {
    expect(await readContexts(folder, fakeProbes({}))).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['no JSON', 'Name: x'],
    ['no text', undefined],
    ['without a name', { Endpoints: { docker: { Host: 'unix:///x' } } }],
    ['without an address', { Name: 'x', Endpoints: { docker: {} } }],
    ['of another engine', { Name: 'x', Endpoints: { kubernetes: { Host: 'https://x' } } }],
    ['a list', []],
  ])('that are %s are left out, and the others stay', async (_title, meta) => {
    const files = {
      ...contextFiles(folder, 'good', { Host: 'unix:///x.sock' }),
      [`${folder}/contexts/meta/other/${meta === undefined ? 'nothing.json' : 'meta.json'}`]: meta ?? '',
    };
    const names = (await readContexts(folder, fakeProbes({ files }))).map(({ name }) => name);
    expect(names).toEqual(['good']);
  });

  test('lie in folders called by the SHA-256 of their names', () => {
    // printf build | sha256sum
    expect(digestOf('build')).toBe('44575cf5b28512d75644bf54a517dcef304ff809fd511747621b4d64f19aac66');
  });
});

test('TLS files are read as far as they are there', async () => {
  const files = { '/pem/ca.pem': 'CA', '/pem/cert.pem': 'C', '/pem/key.pem': 'K', '/half/ca.pem': 'CA' };
  const probes = fakeProbes({ files });
  expect(await readTls('/pem', probes)).toEqual({ ca: 'CA', cert: 'C', key: 'K' });
  expect(await readTls('/half', probes)).toEqual({ ca: 'CA' });
  expect(await readTls('/none', probes)).toBeUndefined();
});
