import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { quietRun } from '../../journal/testing/quiet-run.ts';
import type { ActionRun } from '../engine.ts';
import { writeExport } from './container-export.ts';
import { Refusal } from './refusal.ts';
import { type FakeSetup, failureOf, fakeSetup } from './testing/fake-engine.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'posada-test-export-'));
  file = path.join(folder, 'web.tar');
});
afterEach(() => rm(folder, { recursive: true }));

/** So many blocks of a tar file, and its end. */
const tar = (blocks: number): Buffer => Buffer.concat([Buffer.alloc(blocks * 512, 'x'), Buffer.alloc(1024)]);

async function* pieces(...buffers: (Buffer | Error)[]): AsyncGenerator<Buffer> {
  for (const each of buffers) {
    if (each instanceof Error) throw each;
    yield each;
  }
}

const write = (...buffers: (Buffer | Error)[]) => writeExport(pieces(...buffers), file, () => undefined);

async function refusalOf(promise: Promise<void>): Promise<Refusal> {
  const error = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (error instanceof Refusal) return error;
  throw new Error('no refusal', { cause: error });
}

describe('an export', () => {
  test('is written whole, for its owner only, and tells how far it is', async () => {
    const told: number[] = [];
    const whole = tar(3);
    await writeExport(pieces(whole.subarray(0, 700), whole.subarray(700)), file, (bytes) => told.push(bytes));
    expect(await readFile(file)).toEqual(whole);
    expect(told).toEqual([700, whole.length]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['web.tar']);
  });

  test('that breaks leaves nothing, and what was there before as it was', async () => {
    await writeFile(file, 'before');
    const broken = new Error('cut off');
    await expect(write(tar(3).subarray(0, 512), broken)).rejects.toBe(broken);
    expect(await readFile(file, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['web.tar']);
  });

  test.each([
    [
      'the engine wrote its error behind it',
      Buffer.concat([tar(2).subarray(0, 1024), Buffer.from('{"message":"no"}')]),
    ],
    ['it ends too early', tar(2).subarray(0, 1024)],
    ['it is empty', Buffer.alloc(0)],
  ])('is no export when %s', async (_how, bytes) => {
    await expect(write(bytes)).rejects.toMatchObject({ name: 'DockerError', kind: 'garbage' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('takes the place of a file, since the dialog has asked', async () => {
    await writeFile(file, 'before');
    await write(tar(1));
    expect(await readFile(file)).toEqual(tar(1));
  });

  test('goes where a link leads, and leaves the link', async () => {
    await writeFile(path.join(folder, 'real.tar'), 'before');
    await symlink('real.tar', file);
    await write(tar(1));
    expect(await readFile(path.join(folder, 'real.tar'))).toEqual(tar(1));
    expect((await readdir(folder)).sort()).toEqual(['real.tar', 'web.tar']);
  });

  test.each([
    ['a folder', () => mkdir(file), () => file, 'failure.detail.exists'],
    ['a device', async () => undefined, () => '/dev/null', 'failure.detail.exists'],
    ['in no folder', async () => undefined, () => path.join(folder, 'no', 'web.tar'), 'failure.detail.folderMissing'],
    ['not a whole path', async () => undefined, () => 'web.tar', 'failure.detail.badInput'],
  ])('to %s is refused', async (_what, prepare, target, key) => {
    await prepare();
    const refusal = await refusalOf(writeExport(pieces(tar(1)), target(), () => undefined));
    expect(refusal.detail.key).toBe(key);
  });

  test.skipIf(process.getuid?.() === 0)('to where one may not write says so', async () => {
    await chmod(folder, 0o500);
    const refusal = await refusalOf(write(tar(1)));
    expect([refusal.code, refusal.detail.key]).toEqual(['bad-input', 'failure.detail.fileForbidden']);
    await chmod(folder, 0o700);
  });

  test('waits for the disk: no more is taken from the engine than is written', async () => {
    let taken = 0;
    let written = 0;
    let ahead = 0;
    async function* counted(): AsyncGenerator<Buffer> {
      for (const each of [tar(100).subarray(0, 51_200), Buffer.alloc(1024)]) {
        taken += each.length;
        ahead = Math.max(ahead, taken - written - each.length);
        yield each;
      }
    }
    await writeExport(counted(), file, (bytes) => {
      written = bytes;
    });
    expect(ahead).toBe(0);
  });
});

describe('exporting a container', () => {
  let setup: FakeSetup;
  const said = { progress: [] as number[], cancellable: [] as boolean[] };
  const running = (signal: AbortSignal): ActionRun =>
    quietRun({
      signal,
      progress: (part) => said.progress.push(part),
      cancellable: (can) => said.cancellable.push(can),
    });

  beforeEach(async () => {
    said.progress = [];
    said.cancellable = [];
    setup = await fakeSetup();
    setup.daemon.add('a', 'web');
    await setup.open();
  });
  afterEach(() => setup.close());

  const begin = async (signal: AbortSignal) => {
    const [guest] = await setup.engine.list();
    if (!guest) throw new Error('no row');
    return setup.engine.act(guest.id, { verb: 'export', file }, running(signal));
  };

  test('writes what the engine streams, and can be cancelled', async () => {
    setup.daemon.on(/export$/, (_request, response) => void response.writeHead(200).end(tar(4)));
    await begin(new AbortController().signal);
    expect(await readFile(file)).toEqual(tar(4));
    expect(said.cancellable).toEqual([true]);
    expect(said.progress.at(-1)).toBe(1);
  });

  test('that is cancelled ends the stream and leaves no file', async () => {
    let left = false;
    setup.daemon.on(/export$/, (request, response) => {
      response.writeHead(200).write(tar(4).subarray(0, 512));
      request.socket.on('close', () => {
        left = true;
      });
    });
    const cancel = new AbortController();
    const exporting = failureOf(begin(cancel.signal));
    await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1));
    cancel.abort();
    expect(await exporting).toMatchObject({ code: 'cancelled' });
    expect(await readdir(folder)).toEqual([]);
    await vi.waitFor(() => expect(left).toBe(true));
  });

  test('that was cancelled before it began writes nothing', async () => {
    setup.daemon.on(/export$/, (_request, response) => void response.writeHead(200).end(tar(4)));
    const cancel = new AbortController();
    const [guest] = await setup.engine.list();
    if (!guest) throw new Error('no row');
    const run = { ...running(cancel.signal), cancellable: () => cancel.abort() };
    const exporting = setup.engine.act(guest.id, { verb: 'export', file }, run);
    expect(await failureOf(exporting)).toMatchObject({ code: 'cancelled' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('whose engine dies has failed and leaves no file', async () => {
    setup.daemon.on(/export$/, (_request, response) => void response.writeHead(200).write(tar(4).subarray(0, 512)));
    const exporting = failureOf(begin(new AbortController().signal));
    await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1));
    await setup.daemon.die();
    expect(await exporting).toMatchObject({ code: 'engine-lost' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('of a container that is gone says so', async () => {
    expect(await failureOf(begin(new AbortController().signal))).toMatchObject({ raw: { code: 404 } });
    expect(await readdir(folder)).toEqual([]);
  });
});
