import type { Guest } from '../../../../shared/guest.ts';
import { UsageBar } from '../../../parts/usage-bar.tsx';
import { useInventory, useMetrics, useText } from '../../../stores/context.tsx';
import { Fact, FactGroup } from './facts.tsx';

/** Several guests together: how many are how, what they have and use, what all of them share. */
export function ManyGuests({ guests }: { guests: readonly Guest[] }) {
  const text = useText();
  const engines = useInventory((inventory) => inventory.engines);
  const count = <T extends string>(of: (guest: Guest) => T, words: (value: T) => string): string => {
    const counts = new Map<T, number>();
    for (const guest of guests) counts.set(of(guest), (counts.get(of(guest)) ?? 0) + 1);
    return Array.from(counts, ([value, number]) =>
      text.t('detail.stateCount', { state: words(value), count: number }),
    ).join(' · ');
  };
  const sum = (of: (guest: Guest) => number | undefined): number =>
    guests.reduce((total, guest) => total + (of(guest) ?? 0), 0);
  const disk = sum((guest) => guest.disk?.used);
  const tags = (guests[0]?.tags ?? []).filter((tag) => guests.every((guest) => guest.tags.includes(tag)));
  return (
    <>
      <header className="detail-head">
        <h2 className="panel-title">{text.t('detail.many', { count: guests.length })}</h2>
      </header>
      <section
        className="detail-panel"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long facts scroll, also by keyboard
        tabIndex={0}
        aria-label={text.t('detail.many', { count: guests.length })}
      >
        <div className="fact-groups">
          <FactGroup title={text.t('group.together')}>
            <Fact term={text.t('column.state')}>
              {count(
                (guest) => guest.state,
                (state) => text.t(`state.${state}`),
              )}
            </Fact>
            <Fact term={text.t('column.kind')}>
              {count(
                (guest) => guest.kind,
                (kind) => text.t(`kind.${kind}`),
              )}
            </Fact>
            <Fact term={text.t('column.engine')}>
              {count(
                (guest) => guest.engine,
                (id) => engines.get(id)?.name ?? id,
              )}
            </Fact>
            <Fact term={text.t('detail.commonTags')}>{tags.length > 0 && tags.join(', ')}</Fact>
            <Fact term={text.t('detail.protected')}>
              {text.t('detail.countOf', {
                count: guests.filter((guest) => guest.protected).length,
                total: guests.length,
              })}
            </Fact>
          </FactGroup>
          <FactGroup title={text.t('group.resources')}>
            <MeasuredFacts guests={guests} />
            <Fact term={text.t('detail.disksTogether')}>
              {disk > 0 && text.t('measure.disk', { used: text.bytes(disk) })}
            </Fact>
          </FactGroup>
        </div>
      </section>
    </>
  );
}

/** What those that are measured use together. */
function MeasuredFacts({ guests }: { guests: readonly Guest[] }) {
  const text = useText();
  const samples = useMetrics((metrics) => metrics.samples);
  const measured = guests.flatMap((guest) => samples.get(guest.id)?.at(-1) ?? []);
  const add = (values: readonly (number | undefined)[]): number => values.reduce<number>((a, b) => a + (b ?? 0), 0);
  const memory = add(measured.map((sample) => sample.memory));
  const limit = guests.every((guest) => guest.memoryLimit !== undefined)
    ? add(guests.map((guest) => guest.memoryLimit))
    : undefined;
  return (
    <>
      <Fact term={text.t('detail.measured')}>
        {text.t('detail.countOf', { count: measured.length, total: guests.length })}
      </Fact>
      <Fact term={text.t('detail.cpu')}>
        {measured.length > 0 &&
          text.t('measure.cpu', { percent: text.percent(add(measured.map((sample) => sample.cpu))) })}
      </Fact>
      <Fact term={text.t('detail.memoryUsed')}>
        {measured.length > 0 && (
          <span className="used">
            {limit !== undefined && limit > 0 && <UsageBar part={memory / limit} />}
            <span className="digits">
              {limit === undefined
                ? text.bytes(memory)
                : text.t('detail.ofMost', { now: text.bytes(memory), most: text.bytes(limit) })}
            </span>
          </span>
        )}
      </Fact>
    </>
  );
}
