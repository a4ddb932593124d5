import { describe, expect, test } from 'vitest';
import { asarOf } from './electron/asar.mjs';
import { setFuses } from './electron/fuses.mjs';
import { packageSets } from './package-list.mjs';
import { missingOf, nameToInstall } from './packages.mjs';
import { startOptions } from './start-options.mjs';
import { countPlaywright, countVitest, sentence } from './suites.mjs';

describe('packages', () => {
  const needs = [
    { names: ['docker.io'], why: 'containers', orProgram: ['dockerd'] },
    { names: ['libgtk-3-0', 'libgtk-3-0t64'], why: 'Electron' },
  ];

  test('that are installed under any of their names are not missing', () => {
    expect(missingOf(needs, new Set(['docker.io', 'libgtk-3-0t64']), () => false)).toEqual([]);
  });

  test("are not missing where their program comes from elsewhere, as Docker's own packages do", () => {
    expect(missingOf(needs, new Set(['libgtk-3-0']), (program) => program === 'dockerd')).toEqual([]);
  });

  test('are installed by the name that the system knows', () => {
    const [, gtk] = needs;
    expect(gtk && nameToInstall(gtk, (name) => name.endsWith('t64'))).toBe('libgtk-3-0t64');
    expect(gtk && nameToInstall(gtk, () => false)).toBe('libgtk-3-0');
  });

  test('are each named once', () => {
    const names = Object.values(packageSets).flatMap((set) => set.flatMap((need) => need.names));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('npm start', () => {
  test('takes a number of demo guests, or a few without one', () => {
    expect(startOptions(['--demo=1000']).demo).toBe(1000);
    expect(startOptions(['--demo']).demo).toBe(24);
    expect(startOptions([]).demo).toBeUndefined();
  });

  test('takes a file for a picture in both ways of writing it', () => {
    expect(startOptions(['--shot', 'a.png']).shot).toBe('a.png');
    expect(startOptions(['--shot=a.png']).shot).toBe('a.png');
  });

  test('installs unless it is told not to', () => {
    expect(startOptions([]).install).toBe(true);
    expect(startOptions(['--no-install']).install).toBe(false);
  });

  test('says how it is used when it does not understand', () => {
    for (const args of [['--dmeo'], ['--demo=many'], ['--demo=-1'], ['--shot'], ['file']]) {
      expect(() => startOptions(args)).toThrow(/npm start -- --help/);
    }
  });
});

describe('the last line', () => {
  test('counts a file that does not load as failed', () => {
    const result = {
      numPassedTests: 3,
      numFailedTests: 0,
      numFailedTestSuites: 1,
      numPendingTests: 1,
      numTodoTests: 1,
    };
    expect(countVitest({ ...result, success: false })).toEqual({ passed: 3, failed: 1, skipped: 2 });
    expect(countVitest({ ...result, numFailedTestSuites: 0, success: true }).failed).toBe(0);
  });

  test('counts errors outside of journeys as failed', () => {
    const stats = { expected: 5, flaky: 1, unexpected: 2, skipped: 3 };
    expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 6, failed: 3, skipped: 3 });
  });

  test('has the form that machines read', () => {
    expect(sentence({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped');
  });
});

describe("Electron's fallback", () => {
  test('changes the two fuses and nothing else', () => {
    const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
    const program = Buffer.from(`before${sentinel}\u0001\u000810101011after`);
    const was = Buffer.from(program);
    setFuses(program);
    expect(program.toString()).toBe(`before${sentinel}\u0001\u000810111001after`);
    expect([...program].filter((byte, place) => byte !== was[place])).toHaveLength(2);
  });

  test('is refused where the program has no fuses', () => {
    expect(() => setFuses(Buffer.from('nothing'))).toThrow(/no fuses/);
  });

  test('has an archive whose header says where each file is', () => {
    const archive = asarOf({ 'a.txt': 'first', 'b.txt': 'säcond' });
    const length = archive.readUInt32LE(12);
    const header = JSON.parse(archive.subarray(16, 16 + length).toString());
    const start = 8 + archive.readUInt32LE(4);
    const { offset, size } = header.files['b.txt'];
    expect(archive.subarray(start + Number(offset), start + Number(offset) + size).toString()).toBe('säcond');
  });
});
