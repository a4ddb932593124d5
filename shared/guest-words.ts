// No schemas here: the window's script is smaller without the library for them.

export const guestKinds = ['vm', 'container'] as const;

/**
 * State in words common to both kinds. libvirt `blocked` is running; `shutdown` is stopping; `pmsuspended` is
 * suspended; shut off with a managed save image is saved. Docker `created`, `exited` and `dead` are stopped;
 * `restarting` is restarting.
 */
export const guestStates = [
  'running',
  'paused',
  'suspended',
  'restarting',
  'stopping',
  'stopped',
  'saved',
  'crashed',
  'unknown',
] as const;

/**
 * States in which a guest has processes on the host: it is ended before it can go. One that has crashed is kept as it
 * is (libvirt's `on_crash` preserve) until somebody has looked at it.
 */
export const onStates: ReadonlySet<(typeof guestStates)[number]> = new Set([
  ...(['running', 'paused', 'suspended', 'restarting', 'stopping', 'crashed'] as const),
]);

/**
 * How the guest is run, in the terms of the field: `full` virtualization by the processor (KVM, Xen HVM), `emulation`
 * of the processor in software (TCG), `paravirtual` (the guest's kernel knows), `os-level` (one kernel for all),
 * `none` where nothing really runs (libvirt's test driver, demo).
 */
export const virtualizations = ['full', 'emulation', 'paravirtual', 'os-level', 'none'] as const;
