import type { VmDetail } from '../../../../shared/guest-detail.ts';
import { EngineText } from '../../../parts/engine-text.tsx';
import { useGuestAnswer, useStores, useText } from '../../../stores/context.tsx';
import { BelongingFacts, StartupFact, TimeFacts, VirtualizationFact } from './common-facts.tsx';
import { Disks } from './disks.tsx';
import { Fact, FactGroup } from './facts.tsx';
import { CpuUseFact, MemoryUseFact } from './memory-facts.tsx';
import type { TabProps } from './one-guest.tsx';
import { OverviewFrame } from './overview-frame.tsx';
import { Interfaces } from './vm-network.tsx';

/** Everything worth knowing of a virtual machine, and its charts. */
export function VmOverview({ guest, stale }: TabProps) {
  const stores = useStores();
  const text = useText();
  const { answer, again } = useGuestAnswer(stores.detail, guest.id);
  const detail = answer.value?.kind === 'vm' ? answer.value : undefined;
  const old = stale !== undefined;
  const memory = detail?.memoryCurrent ?? guest.memoryCurrent;
  const most = detail?.memoryMaximum ?? guest.memoryLimit;
  return (
    <OverviewFrame guest={guest} stale={stale} answer={answer} again={again}>
      {detail?.pendingChanges && <p className="pending">{text.t('detail.pending')}</p>}
      <FactGroup title={text.t('group.resources')}>
        <Fact term={text.t('detail.cpus')}>
          {cpuWords(detail?.cpusCurrent ?? guest.cpus, detail?.cpusMaximum, text)}
        </Fact>
        <CpuUseFact guest={guest} old={old} />
        <Fact term={text.t('detail.memory')}>
          {memory !== undefined || most !== undefined ? memoryOf(memory, most, text) : undefined}
        </Fact>
        <MemoryUseFact guest={guest} old={old} most={memory ?? most} />
        <VirtualizationFact guest={guest} />
      </FactGroup>
      <section className="fact-group">
        <h3>{text.t('group.disks')}</h3>
        <Disks disks={detail?.disks} awaited={answer.reading} />
      </section>
      <section className="fact-group">
        <h3>{text.t('group.network')}</h3>
        <Interfaces guest={guest} interfaces={detail?.interfaces} awaited={answer.reading} />
      </section>
      <FactGroup title={text.t('group.life')}>
        <TimeFacts guest={guest} />
        <StartupFact guest={guest} />
        <Fact term={text.t('detail.definition')}>
          {text.t(guest.transient ? 'detail.transient' : 'detail.persistent')}
        </Fact>
        <Fact term={text.t('column.snapshots')}>
          {guest.snapshots !== undefined && guest.snapshots > 0 && (
            <>
              {text.number(guest.snapshots)}
              {detail?.currentSnapshot !== undefined && (
                <>
                  {' · '}
                  {text.t('detail.currentSnapshot')} <EngineText text={detail.currentSnapshot} className="wraps" />
                </>
              )}
            </>
          )}
        </Fact>
      </FactGroup>
      <FactGroup title={text.t('group.system')}>
        <Fact term={text.t('detail.image')}>{guest.image && <EngineText text={guest.image} className="wraps" />}</Fact>
        <Fact late term={text.t('detail.architecture')}>
          {detail?.architecture && (
            <EngineText text={[detail.architecture, detail.machine].filter(Boolean).join(' · ')} className="wraps" />
          )}
        </Fact>
        <Fact late term={text.t('detail.firmware')}>
          {detail?.firmware && firmwareWords(detail, text)}
        </Fact>
        <Fact late term={text.t('detail.agent')}>
          {detail && text.t(`agent.${detail.agent}`)}
        </Fact>
        <Fact late term={text.t('detail.graphics')}>
          {detail?.graphics.map(({ type, address, port }) => (
            <EngineText
              key={`${type} ${port}`}
              text={[type, [address, port].filter((part) => part !== undefined).join(':')].filter(Boolean).join(' ')}
              className="wraps"
            />
          ))}
        </Fact>
        <Fact late term={text.t('detail.description')}>
          {detail?.description && <EngineText text={detail.description} className="wraps" />}
        </Fact>
      </FactGroup>
      <FactGroup title={text.t('group.belongs')}>
        <BelongingFacts guest={guest} />
      </FactGroup>
    </OverviewFrame>
  );
}

type Text = ReturnType<typeof useText>;

function cpuWords(current: number | undefined, most: number | undefined, text: Text): string | undefined {
  if (current === undefined) return undefined;
  if (most === undefined || most === current) return text.number(current);
  return text.t('detail.ofMost', { now: text.number(current), most: text.number(most) });
}

function memoryOf(current: number | undefined, most: number | undefined, text: Text): string {
  if (current === undefined || most === undefined || current === most) return text.bytes(current ?? most ?? 0);
  return text.t('detail.ofMost', { now: text.bytes(current), most: text.bytes(most) });
}

function firmwareWords({ firmware, secureBoot, tpm }: VmDetail, text: Text): string {
  return [firmware === 'uefi' ? 'UEFI' : 'BIOS', secureBoot && text.t('detail.secureBoot'), tpm && text.t('detail.tpm')]
    .filter(Boolean)
    .join(' · ');
}
