import { togglePairs, type Verb } from '../../shared/verbs.ts';
import type { JointOffer } from './verb-offers.ts';

/** All verbs as menus have them: what moves a guest first, what ends it last. */
const sections: readonly (readonly Verb[])[] = [
  ['start', 'shutDown', 'restart', 'pause', 'resume', 'reset', 'forceOff'],
  ['takeSnapshot', 'save', 'discardSave', 'enableAutostart', 'disableAutostart', 'setRestartPolicy'],
  ['rename', 'setTitle', 'setTags', 'protect', 'unprotect'],
  ['export', 'delete'],
];

/** Those that have buttons of their own where there is room. */
export const mainVerbs: ReadonlySet<Verb> = new Set<Verb>([
  'start',
  'shutDown',
  'restart',
  'pause',
  'resume',
  'forceOff',
  'takeSnapshot',
]);

/** The offers in the sections of a menu, without empty ones. Of two verbs that undo each other only the ready one is there. */
export function sectionsOf(offers: readonly JointOffer[]): JointOffer[][] {
  const byVerb = new Map(offers.map((offer) => [offer.verb, offer]));
  for (const [one, other] of togglePairs) {
    const [a, b] = [byVerb.get(one), byVerb.get(other)];
    if (!a || !b) continue;
    if (b.ready.length === 0) byVerb.delete(other);
    else if (a.ready.length === 0) byVerb.delete(one);
  }
  return sections
    .map((section) => section.flatMap((verb) => byVerb.get(verb) ?? []))
    .filter((section) => section.length > 0);
}
