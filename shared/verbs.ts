// No schemas here: the window's script is smaller without the library for them.

/** Verbs that need no more than their name. */
export const plainVerbs = [
  'start', // a saved VM goes on where it was
  'shutDown',
  'restart',
  'reset', // like the reset button: the guest is not asked
  'pause',
  'resume',
  'forceOff',
  'save', // memory to disk, then off
  'discardSave',
  'enableAutostart',
  'disableAutostart',
  'protect',
  'unprotect',
] as const;

/** Verbs that ask the person for more first. */
export const askingVerbs = [
  ...(['takeSnapshot', 'rename', 'setTitle', 'setTags', 'setRestartPolicy', 'export', 'delete'] as const),
] as const;

/** What can be done to one snapshot of a guest: the offers come with the snapshot. */
export const snapshotVerbs = [
  'restoreSnapshot',
  'deleteSnapshot', // one in the middle: what it holds goes into those that stand on it
  'editSnapshot',
  'protectSnapshot',
  'unprotectSnapshot',
] as const;
export type SnapshotVerb = (typeof snapshotVerbs)[number];

/** What can be done to a guest in this version: the words on the button come with the offer. */
export const verbs = [...plainVerbs, ...askingVerbs, ...snapshotVerbs] as const;
export type Verb = (typeof verbs)[number];
export type AskingVerb = (typeof askingVerbs)[number];
export type PlainVerb = (typeof plainVerbs)[number];

/** Two verbs of which a guest is ready for one at a time: the window shows that one only. */
export const togglePairs = [
  ['enableAutostart', 'disableAutostart'],
  ['protect', 'unprotect'],
] as const satisfies readonly (readonly [PlainVerb, PlainVerb])[];

export const restartPolicies = ['no', 'on-failure', 'always', 'unless-stopped'] as const;
export type RestartPolicy = (typeof restartPolicies)[number];
