import { describe, expect, test } from 'vitest';
import type { Action } from '../../../shared/action.ts';
import type { DeletePart } from '../../../shared/delete-plan.ts';
import type { Guest, GuestState } from '../../../shared/guest.ts';
import type { SnapshotId } from '../../../shared/snapshot.ts';
import { plainVerbs } from '../../../shared/verbs.ts';
import { domainCommands } from './domain-commands.ts';
import { domainGuest } from './domain-guest.ts';
import { makeEndpoint, virshUri } from './endpoint.ts';
import { fakeDomain } from './testing/fakes.ts';

const endpoint = makeEndpoint('qemu:///system');
const uuid = fakeDomain(1).uuid;

function guest(name = 'web', state: GuestState = 'stopped', more: Partial<Guest> = {}): Guest {
  return { ...domainGuest(endpoint.info.id, { dom: fakeDomain(1, name), state: 5, reason: 0 }), state, ...more };
}

function commands(action: Action, of: Guest = guest(), uri = 'qemu:///system', element?: string): string[] {
  return domainCommands(makeEndpoint(uri), of, action, element).map((line) => line.replace(`virsh -c ${uri} `, ''));
}

function taking(name: string, description = ''): Action {
  return { verb: 'takeSnapshot', name, description, memory: false, freeze: false };
}

describe('the same by hand', () => {
  test.each<[Action, Guest, string[]]>([
    [{ verb: 'start' }, guest(), ['start web']],
    [{ verb: 'shutDown' }, guest('web', 'running'), ['shutdown web']],
    [{ verb: 'restart' }, guest('web', 'running'), ['reboot web']],
    [{ verb: 'reset' }, guest('web', 'running'), ['reset web']],
    [{ verb: 'resume' }, guest('web', 'paused'), ['resume web']],
    [{ verb: 'resume' }, guest('web', 'suspended'), ['dompmwakeup web']],
    [{ verb: 'forceOff' }, guest('web', 'running'), ['destroy web']],
    [{ verb: 'save' }, guest('web', 'running'), ['managedsave web']],
    [{ verb: 'discardSave' }, guest('web', 'saved'), ['managedsave-remove web']],
    [{ verb: 'enableAutostart' }, guest(), ['autostart web']],
    [{ verb: 'disableAutostart' }, guest(), ['autostart web --disable']],
    [{ verb: 'rename', name: 'two words' }, guest(), ["domrename web --new-name 'two words'"]],
    [{ verb: 'rename', name: '-x' }, guest(), ['domrename web --new-name=-x']],
    [{ verb: 'setTitle', title: "it's" }, guest(), ["desc web --title --config --new-desc 'it'\\''s'"]],
    [{ verb: 'setTitle', title: '' }, guest('web', 'running'), ["desc web --title --live --config --new-desc ''"]],
    [
      { verb: 'delete', parts: ['definition', 'file:/pool/a b', 'other:rbd:x', 'nvram'], endsRunning: true },
      guest('web', 'running'),
      [
        'destroy web',
        'undefine web --managed-save --snapshots-metadata --checkpoints-metadata',
        "vol-delete '/pool/a b'",
      ],
    ],
    [
      { verb: 'delete', parts: [], endsRunning: true },
      guest('web', 'crashed'),
      ['destroy web', 'undefine web --managed-save --snapshots-metadata --checkpoints-metadata'],
    ],
    [{ verb: 'setTitle', title: 'a' }, guest('web', 'crashed'), ['desc web --title --live --config --new-desc a']],
    [{ verb: 'delete', parts: [], endsRunning: true }, guest('web', 'running', { transient: true }), ['destroy web']],
    [{ verb: 'export', file: '/tmp/a' }, guest(), []],
    [{ verb: 'setRestartPolicy', policy: 'no' }, guest(), []],
    [taking('a/b'), guest(), ['snapshot-create-as web --name a-b']],
    [taking('-x', 'why so'), guest(), ["snapshot-create-as web --name=-x --description 'why so'"]],
    [
      { verb: 'restoreSnapshot', snapshot: 'two words' as SnapshotId, keepNow: '.now' },
      guest(),
      ['snapshot-create-as web --name now', "snapshot-revert web --snapshotname 'two words'"],
    ],
    [
      { verb: 'deleteSnapshot', snapshot: '-x' as SnapshotId, children: true },
      guest(),
      ['snapshot-delete web --snapshotname=-x --children'],
    ],
    [{ verb: 'protectSnapshot', snapshot: 'x' as SnapshotId }, guest(), []],
  ])('as %j', (action, of, lines) => {
    expect(commands(action, of)).toEqual(lines);
  });

  test.each<[Action, Guest, string | undefined, string]>([
    [
      { verb: 'protect' },
      guest('web', 'running', { transient: true }),
      '<guest><tag>db</tag></guest>',
      `--key posada --set '<guest protected="yes"><tag>db</tag></guest>' --live`,
    ],
    [{ verb: 'protect' }, guest(), undefined, `--key posada --set '<guest protected="yes"/>' --config`],
    [
      { verb: 'setTags', add: ['web'], remove: ['db'] },
      guest(),
      '<guest protected="yes" lab="course"><tag>db</tag><later a="1"/></guest>',
      `--key posada --set '<guest lab="course" protected="yes"><later a="1"/><tag>web</tag></guest>' --config`,
    ],
    [{ verb: 'unprotect' }, guest(), '<guest protected="yes"/>', '--remove --config'],
  ])('as %j of %j with %j', (action, of, element, line) => {
    expect(commands(action, of, undefined, element)).toEqual([`metadata web urn:x-posada:guest:1 ${line}`]);
  });

  test('is there for every plain verb', () => {
    for (const verb of plainVerbs) expect(commands({ verb }), verb).not.toEqual([]);
  });

  test.each(['7', '-c', 'two words', 'ñ', '$(reboot)', uuid])('names the guest %j by its UUID', (name) => {
    expect(commands({ verb: 'start' }, guest(name))).toEqual([`start ${uuid}`]);
  });

  describe('to delete, says of settings what was chosen from the plan', () => {
    const part = (kind: 'nvram' | 'tpm', goes: DeletePart['goes'] = 'person'): DeletePart => ({
      ...{ id: kind, kind, name: '', goes, chosen: goes !== 'never' },
    });
    test.each<[DeletePart[], string[], string]>([
      [[part('nvram'), part('tpm')], ['nvram', 'tpm'], ' --nvram --tpm'],
      [[part('nvram'), part('tpm')], [], ' --keep-nvram --keep-tpm'],
      [[part('nvram'), part('tpm')], ['tpm'], ' --keep-nvram --tpm'],
      [[part('nvram', 'never')], ['nvram'], ' --keep-nvram'],
      [[], ['nvram'], ''],
    ])('%j, %j', (plan, parts, words) => {
      const [line] = domainCommands(endpoint, guest(), { verb: 'delete', parts, endsRunning: false }, undefined, plan);
      expect(line?.split('--checkpoints-metadata')[1]).toBe(words);
    });
  });

  test('asks of a driver no more than it knows', () => {
    const lxc = commands({ verb: 'delete', parts: [], endsRunning: true }, guest(), 'lxc:///system');
    expect(lxc).toEqual(['undefine web']);
  });
});

describe('the URI for virsh', () => {
  test.each([
    [makeEndpoint('qemu:///system'), 'qemu:///system'],
    [makeEndpoint('qemu:///system', false, '/run/a b'), 'qemu+unix:///system?socket=/run/a%20b'],
    // virsh runs a test driver of its own where it is not told to ask the daemon.
    [makeEndpoint('test:///default'), 'test+unix:///default?socket=/run/libvirt/libvirt-sock'],
  ])('of %j', (of, uri) => {
    expect(virshUri(of)).toBe(uri);
  });
});
