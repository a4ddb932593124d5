import { describe, expect, test } from 'vitest';
import type { EngineStatus } from '../../shared/engine-status.ts';
import type { Failure } from '../../shared/failure.ts';
import type { EngineId, GuestId, TaskId } from '../../shared/ids.ts';
import { say } from '../../shared/message.ts';
import type { Task } from '../../shared/task.ts';
import { InventoryLog } from './inventory-log.ts';

const id = 'libvirt:qemu:///system' as EngineId;
const engine: EngineStatus = { id, kind: 'libvirt', name: 'qemu:///system', address: 'qemu:///system', state: 'live' };
const nothing = { engines: [], enginesGone: [], tasks: [], tasksGone: [] };

function failing(text: string): Failure {
  return {
    code: 'engine-lost',
    title: say('failure.title.connect', { engine: 'qemu:///system' }),
    detail: say('failure.detail.lost'),
    remedies: [],
    raw: { source: 'libvirt', code: 38, text },
  };
}

function follow() {
  const lines: string[] = [];
  return { lines, log: new InventoryLog((level, line) => lines.push(`${level} ${line}`)) };
}

describe('the log', () => {
  test('tells when an engine comes, goes, and is not used any more', () => {
    const { lines, log } = follow();
    log.take({ ...nothing, engines: [{ ...engine, state: 'connecting' }] });
    log.take({ ...nothing, engines: [{ ...engine, version: 'libvirt 9.0.0', lastContact: 1 }] });
    log.take({ ...nothing, engines: [{ ...engine, version: 'libvirt 9.0.0', lastContact: 2 }] });
    log.take({
      ...nothing,
      engines: [{ ...engine, state: 'reconnecting', nextTry: 5, failure: failing('end of file') }],
    });
    log.take({ ...nothing, enginesGone: [id] });
    expect(lines).toEqual([
      `info engine ${id}: connecting`,
      `info engine ${id}: live · libvirt 9.0.0`,
      `warn engine ${id}: reconnecting · engine-lost · failure.detail.lost · libvirt 38: end of file`,
      `info engine ${id}: not used any more`,
    ]);
  });

  test('does not fill up with an engine that is tried again and again', () => {
    const { lines, log } = follow();
    for (let nextTry = 1; nextTry < 50; nextTry += 1) {
      log.take({ ...nothing, engines: [{ ...engine, state: 'off', nextTry, failure: failing('no such file') }] });
    }
    log.take({ ...nothing, engines: [{ ...engine, state: 'off', failure: failing('permission denied') }] });
    expect(lines).toHaveLength(2);
  });

  test('tells once why a task failed, and names no guest', () => {
    const { lines, log } = follow();
    const uuid = '6f1f0d3a-5b0e-4f0b-9a55-0123456789ab';
    const task: Task = {
      id: 'one' as TaskId,
      guest: `${id}/${uuid}` as GuestId,
      guestName: 'secret-project',
      action: { verb: 'rename', name: 'other-secret' },
      label: say('verb.rename'),
      state: 'running',
      startedAt: 1,
      cancellable: false,
      commands: ['virsh domrename secret-project other-secret'],
    };
    log.take({ ...nothing, tasks: [task] });
    const failure = failing(`domain 'secret-project' (${uuid}) is busy`);
    const failed: Task = { ...task, state: 'failed', endedAt: 2, failure };
    log.take({ ...nothing, tasks: [failed] });
    log.take({ ...nothing, tasks: [failed] });
    expect(lines).toEqual([
      `warn rename failed at ${id}: engine-lost · failure.detail.lost · libvirt 38: domain '‹guest›' (‹id›) is busy`,
    ]);
  });
});
