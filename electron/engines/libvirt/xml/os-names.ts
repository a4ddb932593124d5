/** Families of libosinfo ids (http://VENDOR/FAMILY/VERSION) whose name is not their id with a capital letter. */
const families: Readonly<Record<string, string>> = {
  rhel: 'Red Hat Enterprise Linux',
  centos: 'CentOS',
  'centos-stream': 'CentOS Stream',
  opensuse: 'openSUSE',
  sle: 'SUSE Linux Enterprise',
  sles: 'SUSE Linux Enterprise Server',
  alpinelinux: 'Alpine Linux',
  archlinux: 'Arch Linux',
  nixos: 'NixOS',
  almalinux: 'AlmaLinux',
  freebsd: 'FreeBSD',
  netbsd: 'NetBSD',
  openbsd: 'OpenBSD',
  win: 'Windows',
  macosx: 'macOS',
};

/**
 * A name that people know from a libosinfo id as virt-manager and others keep it in a domain's metadata.
 * `http://debian.org/debian/12` is Debian 12, `http://microsoft.com/win/11` is Windows 11.
 * @returns the id itself where it has another shape
 */
export function osName(id: string): string {
  const parts = /^https?:\/\/[^/]+\/([^/]+)\/([^/]+)$/.exec(id);
  const [, family, version] = parts ?? [];
  if (!family || !version) return id;
  const known = Object.hasOwn(families, family) ? families[family] : undefined;
  const name = known ?? family.charAt(0).toUpperCase() + family.slice(1);
  // Windows Server and older ones: 2k22, xp, vista.
  const release =
    family === 'win' ? version.replace(/^2k(\d+)/, 'Server 20$1').replace(/^[a-z]/, (c) => c.toUpperCase()) : version;
  return release === 'unknown' || release === 'rolling' ? name : `${name} ${release}`;
}
