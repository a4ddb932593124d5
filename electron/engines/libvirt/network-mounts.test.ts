import { describe, expect, test } from 'vitest';
import { type MountSurroundings, NetworkMounts } from './network-mounts.ts';

const mountinfo = `22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:25 / /run rw,nosuid - tmpfs tmpfs rw
40 22 0:40 / /mnt/nas rw,relatime shared:20 - nfs4 nas:/export rw,vers=4.2,hard
41 22 0:41 / /mnt/my\\040share rw,relatime - cifs //nas/share rw
42 40 254:1 / /mnt/nas/local rw,relatime - xfs /dev/vdb rw
43 22 0:43 / /home/me/remote rw - fuse.sshfs me@far:/ rw
44 22 8:1 / /media/usb rw - fuseblk /dev/sda1 rw
45 22 0:45 / /auto rw - autofs /etc/auto rw,fd=6
`;

function mounts(links: Readonly<Record<string, string>> = {}, mountTable: string | undefined = mountinfo) {
  const looked: string[] = [];
  const around: MountSurroundings = {
    mountTable: async () => mountTable,
    linkTarget: async (file) => {
      looked.push(file);
      return links[file];
    },
  };
  return { mounts: new NetworkMounts(around), looked };
}

describe('a file that may hang whoever opens it', () => {
  test.each([
    ['/mnt/nas/web.qcow2', true],
    ['/mnt/nas/deep/er/web.qcow2', true],
    ['/mnt/my share/web.qcow2', true],
    ['/home/me/remote/web.qcow2', true],
    ['/auto/web.qcow2', true],
    ['/var/lib/libvirt/images/web.qcow2', false],
    ['/mnt/nas2/web.qcow2', false],
    ['/media/usb/web.qcow2', false],
    ['/dev/vg/web', false],
  ])('is told by what is mounted there: %s %s', async (file, may) => {
    expect(await mounts().mounts.mayHang(file)).toBe(may);
  });

  test.each([
    ['/var/lib/libvirt/images', '/mnt/nas/images', true],
    ['/var/lib/libvirt/images', '../../../mnt/nas', true],
    ['/var/lib/libvirt/images/web.qcow2', '/mnt/nas/web.qcow2', true],
    ['/var/lib/libvirt/images', '/srv/images', false],
  ])('may be behind a link: %s to %s', async (link, target, may) => {
    expect(await mounts({ [link]: target }).mounts.mayHang('/var/lib/libvirt/images/web.qcow2')).toBe(may);
  });

  test('is not touched to find that out', async () => {
    const { mounts: table, looked } = mounts({ '/images': '/mnt/nas/images' });
    expect(await table.mayHang('/images/web.qcow2')).toBe(true);
    expect(looked).toEqual(['/images', '/mnt']);
  });

  test('is any that links lead round in circles to, and none where no mounts are told', async () => {
    expect(await mounts({ '/a': '/b', '/b': '/a' }).mounts.mayHang('/a/web.qcow2')).toBe(true);
    expect(await mounts({}, '').mounts.mayHang('/mnt/nas/web.qcow2')).toBe(false);
    expect(await new NetworkMounts().mayHang(import.meta.filename)).toBe(false);
  });
});
