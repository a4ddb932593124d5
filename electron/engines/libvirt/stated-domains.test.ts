import { describe, expect, test } from 'vitest';
import { domainState, type remote_nonnull_domain, shutoffReason } from './client/index.ts';
import { StatedDomains } from './stated-domains.ts';
import { fakeConnection, fakeDomain } from './testing/fakes.ts';

/** A driver that says of its only domain that it has crashed. */
function crashed(dom: remote_nonnull_domain): StatedDomains {
  const state = { state: domainState.crashed, reason: 1 };
  const params = Object.entries(state).map(([field, value]) => ({
    field: `state.${field}`,
    value: { type: 1, value },
  }));
  const answers: Readonly<Record<string, unknown>> = {
    CONNECT_GET_ALL_DOMAIN_STATS: { retStats: [{ dom, params }] },
    DOMAIN_LOOKUP_BY_UUID: { dom },
    DOMAIN_GET_STATE: state,
  };
  return new StatedDomains(fakeConnection((name) => answers[name]).connection);
}

describe('a domain of which its driver says that it has crashed', () => {
  test.each([
    ['has while it has a process', 7, domainState.crashed, 1],
    ['is off where it has none', -1, domainState.shutoff, shutoffReason.crashed],
  ])('%s', async (_title, id, state, reason) => {
    const dom = { ...fakeDomain(1), id };
    const domains = crashed(dom);
    expect(await domains.all()).toEqual([{ dom, state, reason }]);
    expect(await domains.of([dom])).toEqual([{ dom, state, reason }]);
  });
});
