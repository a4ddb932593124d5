import { expect, test } from 'vitest';
import { snapshotFacts } from './snapshot.ts';

test('a snapshot tells the files of its own and whether some of it is inside the disks', () => {
  const disk = "<disk name='vda' snapshot='external' type='file'><source file='/pool/a.one'/></disk>";
  const outside = `<domainsnapshot><memory snapshot='external' file='/pool/a.mem'/><disks>${disk}</disks></domainsnapshot>`;
  expect(snapshotFacts(outside)).toEqual({ files: ['/pool/a.mem', '/pool/a.one'], inside: false });
  const inside = `<domainsnapshot><memory snapshot='no'/><disks><disk name='vda' snapshot='internal'/></disks></domainsnapshot>`;
  expect(snapshotFacts(inside)).toEqual({ files: [], inside: true });
  expect(() => snapshotFacts('<domain/>')).toThrow();
});
