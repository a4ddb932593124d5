import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guest as guestSchema } from '../../../shared/guest.ts';
import { makeEndpoint } from './endpoint.ts';
import { LibvirtEngine } from './libvirt-engine.ts';

const count = 1000;
const kib = 1024;
let folder: string;
let engine: LibvirtEngine;

/** Sizes differ, so that a fact tells whose it is. */
function domain(index: number): string {
  return `<domain type='test'><name>posada-test-${index}</name>
    <uuid>00000000-0000-4000-8000-${String(index).padStart(12, '0')}</uuid><title>Number ${index}</title>
    <metadata><posada:guest xmlns:posada='urn:x-posada:guest:1'><posada:tag>t${index % 10}</posada:tag></posada:guest>
    </metadata><memory>${65_536 + index}</memory><vcpu>${1 + (index % 4)}</vcpu><os><type>hvm</type></os>
    <devices><disk type='file'><source file='/none/${index}'/><target dev='vda'/></disk></devices></domain>`;
}

beforeAll(async () => {
  folder = await mkdtemp('/var/tmp/posada-test-many-domains-');
  await chmod(folder, 0o755);
  const domains = Array.from({ length: count }, (_, index) => domain(index));
  await writeFile(path.join(folder, 'node.xml'), `<node>${domains.join('')}</node>`);
  engine = new LibvirtEngine(makeEndpoint(`test://${folder}/node.xml`));
  await engine.open({
    ...{ changed: () => undefined, changedAll: () => undefined, happened: () => undefined, lost: () => undefined },
  });
});
afterAll(async () => {
  await engine?.close();
  await rm(folder, { recursive: true, force: true });
});

test('of a thousand domains each has its own facts in its row', { timeout: 60_000 }, async () => {
  const list = await engine.list();
  expect(list).toHaveLength(count);
  const rows = await engine.read(list.map(({ id }) => id));
  expect(rows).toHaveLength(count);
  for (const row of rows) {
    expect(guestSchema.safeParse(row).error).toBeUndefined();
    const index = Number(row.name.replace('posada-test-', ''));
    expect(row).toMatchObject({
      ...{ title: `Number ${index}`, tags: [`t${index % 10}`], cpus: 1 + (index % 4), virtualization: 'none' },
      ...{ memoryLimit: (65_536 + index) * kib, startup: { by: 'autostart', on: false }, snapshots: 0 },
    });
  }
  // A list alone then has them all.
  const again = new Map((await engine.list()).map((row) => [row.id, row]));
  for (const row of rows) expect(again.get(row.id)).toEqual(row);
});
