import type { Failure } from '../../../shared/failure.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { EngineId, GuestId } from '../../../shared/ids.ts';
import type { Verb } from '../../../shared/verbs.ts';
import type { remote_nonnull_domain } from './client/index.ts';
import type { ReadFlags } from './domain-flag-reader.ts';
import { noFlags } from './domain-flags.ts';
import type { Look } from './domain-looks.ts';
import { guestState, isFailing, stateNote } from './domain-states.ts';
import { domainOffers } from './domain-verbs.ts';
import { virtualizationOf } from './virtualization.ts';
import type { DomainFacts } from './xml/domain-facts.ts';

/** A domain is its UUID on its connection: names and ids change. */
export function domainGuestId(engine: EngineId, uuid: string): GuestId {
  return `${engine}/${uuid}` as GuestId;
}

export interface DomainParts {
  readonly dom: remote_nonnull_domain;
  /** virDomainState and its reason. */
  readonly state: number;
  readonly reason: number;
  readonly flags?: ReadFlags | undefined;
  readonly facts?: DomainFacts | undefined;
  readonly look?: Look | undefined;
  /** Unix time in milliseconds. */
  readonly startedAt?: number | undefined;
  readonly failure?: Failure | undefined;
  /** Verbs that its driver cannot do. */
  readonly lacks?: ReadonlySet<Verb> | undefined;
}

/** The row of a domain, from what is known of it so far. */
export function domainGuest(
  engine: EngineId,
  { dom, state, reason, flags: read, facts, look, startedAt, failure, lacks }: DomainParts,
): Guest {
  const flags = { ...noFlags, ...read, protected: facts?.posada.protected ?? false };
  const shown = guestState(state, flags.saved);
  const virtualization = facts && virtualizationOf(facts.type, facts.osType);
  const note = stateNote(state, reason);
  return {
    id: domainGuestId(engine, dom.uuid),
    engine,
    kind: 'vm',
    nativeId: dom.uuid,
    name: dom.name,
    state: shown,
    ...(facts?.title && { title: facts.title }),
    tags: [...(facts?.posada.tags ?? [])],
    protected: flags.protected,
    transient: flags.transient,
    ...(facts?.posada.lab && { lab: facts.posada.lab }),
    ...(virtualization && { virtualization }),
    ...(facts && { domainType: facts.type }),
    ...(read && { startup: { by: 'autostart', on: flags.autostart }, snapshots: flags.snapshots }),
    ...(note && { stateNote: note }),
    ...(failure && { failure }),
    ...(facts?.os && { image: facts.os }),
    addresses: [...(look?.addresses ?? [])],
    ports: [],
    ...(facts?.cpus !== undefined && { cpus: facts.cpus }),
    ...(facts?.memoryLimit !== undefined && { memoryLimit: facts.memoryLimit }),
    ...(facts?.memoryCurrent !== undefined && { memoryCurrent: facts.memoryCurrent }),
    ...(look?.sizes && Object.keys(look.sizes).length > 0 && { disk: { ...look.sizes } }),
    ...(startedAt !== undefined && { startedAt }),
    ...(isFailing(state, reason) && { ioError: { ...(look?.diskError ?? { reason: 'other' }) } }),
    offers: domainOffers(shown, flags, lacks),
  };
}
