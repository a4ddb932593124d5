import { describe, expect, test } from 'vitest';
import { DomainStarts } from './domain-starts.ts';
import type { Processes } from './processes.ts';
import { fakeDomain } from './testing/fakes.ts';

const dom = fakeDomain(1, 'web');

function emulator(uuid: string, name: string): string[] {
  return ['/usr/bin/qemu-system-x86_64', '-name', `guest=${name},debug-threads=on`, '-S', '-uuid', uuid, '-no-user'];
}

/** Processes with these command lines, each of which began at a thousand times its number. */
class FakeProcesses implements Processes {
  looks = 0;
  readonly lines = new Map<number, readonly string[]>();

  async commandLines() {
    this.looks += 1;
    return this.lines;
  }

  async startOf(pid: number) {
    return this.lines.has(pid) ? pid * 1000 : undefined;
  }
}

function setUp(uri = 'qemu:///system') {
  const processes = new FakeProcesses();
  processes.lines
    .set(7, ['bash'])
    .set(8, emulator(dom.uuid, 'web'))
    .set(9, emulator(fakeDomain(2).uuid, 'db'));
  return { processes, starts: new DomainStarts({ uri }, processes) };
}

describe('when a domain began to run', () => {
  test('is when its process on this machine did, looked for once in each run', async () => {
    const { processes, starts } = setUp();
    const db = fakeDomain(2, 'db');
    await starts.look([
      { dom, type: 'kvm' },
      { dom: db, type: 'qemu' },
    ]);
    await starts.look([{ dom, type: 'kvm' }]);
    expect([starts.startOf(dom), starts.startOf(db), processes.looks]).toEqual([8000, 9000, 1]);
    processes.lines.delete(8);
    processes.lines.set(20, emulator(dom.uuid, 'web'));
    const again = { ...dom, id: 5 };
    expect(starts.startOf(again)).toBeUndefined();
    await starts.look([{ dom: again, type: 'kvm' }]);
    expect(starts.startOf(again)).toBe(20_000);
  });

  test('is when its start was heard of where there is no such process', async () => {
    const { starts } = setUp();
    const test = fakeDomain(3);
    starts.heard(test.uuid, 123);
    await starts.look([{ dom: test, type: 'test' }]);
    expect(starts.startOf(test)).toBe(123);
    starts.forget(test.uuid);
    expect(starts.startOf(test)).toBeUndefined();
  });

  test('is not asked of this machine where the domain runs on another', async () => {
    const { processes, starts } = setUp('qemu+ssh://root@other/system');
    await starts.look([{ dom, type: 'kvm' }]);
    expect([starts.startOf(dom), processes.looks]).toEqual([undefined, 0]);
  });

  test('is not known where two daemons run a domain with its UUID and name', async () => {
    const { processes, starts } = setUp();
    processes.lines.set(10, emulator(dom.uuid, 'web'));
    await starts.look([{ dom, type: 'kvm' }]);
    expect(starts.startOf(dom)).toBeUndefined();
  });

  test('is told apart by name from a copy with the same UUID under another daemon', async () => {
    const { processes, starts } = setUp();
    processes.lines.set(10, emulator(dom.uuid, 'web2'));
    await starts.look([{ dom, type: 'kvm' }]);
    expect(starts.startOf(dom)).toBe(8000);
  });

  test.each([
    ['/usr/lib/libvirt/libvirt_lxc', 'web', 1000],
    ['/usr/lib/libvirt/libvirt_lxc', 'other', undefined],
    ['/bin/sleep', 'web', undefined],
  ])('of a container is that of its %s --name %s', async (program, name, at) => {
    const { processes, starts } = setUp('lxc:///system');
    processes.lines.set(1, [program, '--name', name, '--console', '22']);
    await starts.look([{ dom, type: 'lxc' }]);
    expect(starts.startOf(dom)).toBe(at);
  });
});
