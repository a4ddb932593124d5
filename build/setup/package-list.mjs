/**
 * @typedef {object} Need
 * @property {readonly string[]} names Debian or Ubuntu package; the first that the system knows is taken
 * @property {string} why
 * @property {boolean} [needed] nothing works without it
 * @property {readonly string[]} [orProgram] one of these programs being there, from wherever, is as good
 */

/** @param {string} why @param {string[]} names @returns {Need[]} */
const each = (why, ...names) => names.map((name) => ({ names: [name], why }));

/** What a window needs. */
const electron = [
  { names: ['libgtk-3-0', 'libgtk-3-0t64'], why: 'Electron', needed: true },
  { names: ['libasound2', 'libasound2t64'], why: 'Electron', needed: true },
  { names: ['libgbm1'], why: 'Electron', needed: true },
  { names: ['libnss3'], why: 'Electron', needed: true },
];

/** The engines that the app shows. */
const engines = [
  ...each('virtual machines', 'libvirt-daemon-system', 'libvirt-clients', 'libvirt-daemon-driver-lxc'),
  ...each('virtual machines', 'qemu-system-x86', 'qemu-utils', 'dnsmasq-base', 'iptables', 'iproute2'),
  { names: ['docker.io'], why: 'containers', orProgram: ['dockerd'] },
  ...each('who may do what (polkit)', 'dbus', 'polkitd'),
];

/** What a picture without a screen needs. */
const display = [
  ...each('a virtual screen', 'xvfb', 'xauth'),
  ...each('letters and signs in pictures', 'fonts-dejavu-core', 'fonts-noto-color-emoji'),
];

/** What tests make their guests of and look at engines with. */
const test = [
  { names: ['podman'], why: 'tests on Podman', orProgram: ['podman'] },
  { names: ['uidmap'], why: 'tests on Podman, as an ordinary user', orProgram: ['newuidmap'] },
  ...each('guests that tests make', 'busybox-static', 'cpio', 'kmod', 'ovmf'),
  ...each('tests', 'procps', 'util-linux'),
];

/** What benchmarks compare with. */
const bench = each(
  'the tool to compare with',
  'virt-manager',
  'gir1.2-gtk-vnc-2.0',
  'gir1.2-spiceclientgtk-3.0',
  'x11-utils',
);

/** @type {Readonly<Record<'electron' | 'engines' | 'display' | 'test' | 'bench', readonly Need[]>>} */
export const packageSets = { electron, engines, display, test, bench };
