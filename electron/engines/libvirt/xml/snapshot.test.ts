import { expect, test } from 'vitest';
import { snapshotFacts, snapshotRecord } from './snapshot.ts';

test('a snapshot tells the files of its own and whether some of it is inside the disks', () => {
  const disk = "<disk name='vda' snapshot='external' type='file'><source file='/pool/a.one'/></disk>";
  const outside = `<domainsnapshot><memory snapshot='external' file='/pool/a.mem'/><disks>${disk}</disks></domainsnapshot>`;
  expect(snapshotFacts(outside)).toEqual({ files: ['/pool/a.mem', '/pool/a.one'], inside: false });
  const inside = `<domainsnapshot><memory snapshot='no'/><disks><disk name='vda' snapshot='internal'/></disks></domainsnapshot>`;
  expect(snapshotFacts(inside)).toEqual({ files: [], inside: true });
  expect(() => snapshotFacts('<domain/>')).toThrow();
});

test('a snapshot tells when it was taken, on which other, in which state, and whether with memory', () => {
  const xml = `<domainsnapshot><name>two</name><description>why &amp; when</description><parent><name>one</name></parent>
    <state>paused</state><creationTime>1700000001</creationTime><memory snapshot='external' file='/m'/>
    <disks><disk name='vda' snapshot='external'><source file='/o'/></disk></disks><domain type='kvm'/></domainsnapshot>`;
  expect(snapshotRecord(xml)).toMatchObject({
    ...{ name: 'two', description: 'why & when', parent: 'one', state: 'paused', createdAt: 1_700_000_001 },
    ...{ memory: 'external', outside: true, inside: false, own: { made: false, protected: false } },
  });
  const old = '<domainsnapshot><name>x</name><state>disk-snapshot</state><domain/></domainsnapshot>';
  expect(snapshotRecord(old)).toMatchObject({ memory: 'no', outside: true, createdAt: 0 });
  expect(() => snapshotRecord('<domainsnapshot/>')).toThrow();
});
