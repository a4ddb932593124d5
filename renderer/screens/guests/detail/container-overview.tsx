import type { ContainerDetail } from '../../../../shared/guest-detail.ts';
import { EngineText } from '../../../parts/engine-text.tsx';
import { useGuestAnswer, useStores, useText } from '../../../stores/context.tsx';
import { BelongingFacts, StartupFact, TimeFacts, VirtualizationFact } from './common-facts.tsx';
import { ContainerNetworks, Ports } from './container-network.tsx';
import { Copyable, Fact, FactGroup } from './facts.tsx';
import { HealthFacts } from './health-facts.tsx';
import { CpuUseFact, MemoryUseFact } from './memory-facts.tsx';
import { Labels, Mounts } from './mounts.tsx';
import type { TabProps } from './one-guest.tsx';
import { OverviewFrame } from './overview-frame.tsx';

/** Everything worth knowing of a container, and its charts. */
export function ContainerOverview({ guest, stale }: TabProps) {
  const stores = useStores();
  const text = useText();
  const { answer, again } = useGuestAnswer(stores.detail, guest.id);
  const detail = answer.value?.kind === 'container' ? answer.value : undefined;
  const old = stale !== undefined;
  return (
    <OverviewFrame guest={guest} stale={stale} answer={answer} again={again}>
      <FactGroup title={text.t('group.resources')}>
        <CpuUseFact guest={guest} old={old} />
        <Fact term={text.t('detail.cpuLimit')}>
          {guest.cpus === undefined ? text.t('detail.noLimit') : text.t('detail.cores', { count: guest.cpus })}
        </Fact>
        <MemoryUseFact guest={guest} old={old} most={guest.memoryLimit} />
        <Fact term={text.t('detail.memoryLimit')}>
          {guest.memoryLimit === undefined ? text.t('detail.noLimit') : text.bytes(guest.memoryLimit)}
        </Fact>
        <Fact late term={text.t('detail.written')}>
          {detail?.writableSize !== undefined && text.bytes(detail.writableSize)}
        </Fact>
        <VirtualizationFact guest={guest} />
      </FactGroup>
      <section className="fact-group">
        <h3>{text.t('group.network')}</h3>
        <Ports ports={guest.ports} />
        <ContainerNetworks guest={guest} networks={detail?.networks} awaited={answer.reading} />
      </section>
      <FactGroup title={text.t('group.life')}>
        <TimeFacts guest={guest} />
        <StartupFact guest={guest} />
        <Fact late term={text.t('detail.restarts')}>
          {detail?.restartCount !== undefined && text.number(detail.restartCount)}
        </Fact>
        {guest.exitCode !== undefined && (
          <Fact term={text.t('detail.exitCode')}>
            <span className={guest.exitCode === 0 ? undefined : 'bad-text'}>{exitWords(guest.exitCode, text)}</span>
          </Fact>
        )}
        {detail?.finishedAt !== undefined && guest.state !== 'running' && (
          <Fact term={text.t('detail.finished')}>{text.dateTime(detail.finishedAt)}</Fact>
        )}
        {guest.transient && <Fact term={text.t('detail.definition')}>{text.t('detail.autoRemove')}</Fact>}
        <HealthFacts guest={guest} log={detail?.healthLog} />
      </FactGroup>
      <section className="fact-group">
        <h3>{text.t('group.mounts')}</h3>
        <Mounts mounts={detail?.mounts} awaited={answer.reading} />
      </section>
      <ProgramFacts image={guest.image} detail={detail} />
      <FactGroup title={text.t('group.belongs')}>
        <Fact term={text.t('column.project')}>
          {guest.project && (
            <EngineText
              text={
                guest.service
                  ? text.t('fact.projectService', { project: guest.project, service: guest.service })
                  : guest.project
              }
              className="wraps"
            />
          )}
        </Fact>
        <BelongingFacts guest={guest} />
      </FactGroup>
      <Labels labels={detail?.labels} />
    </OverviewFrame>
  );
}

/** What runs in it. */
function ProgramFacts({ image, detail }: { image: string | undefined; detail: ContainerDetail | undefined }) {
  const text = useText();
  return (
    <FactGroup title={text.t('group.program')}>
      <Fact term={text.t('detail.imageOf')}>
        {image && <Copyable value={image} label={text.t('detail.copyImage')} />}
      </Fact>
      <Fact late term={text.t('detail.imageId')}>
        {detail?.imageId && <Copyable value={detail.imageId} label={text.t('menu.copyId')} />}
      </Fact>
      <Fact late term={text.t('detail.command')}>
        {detail && detail.command.length > 0 && (
          <code dir="ltr">
            <EngineText text={detail.command.join(' ')} className="wraps" />
          </code>
        )}
      </Fact>
      <Fact late term={text.t('detail.user')}>
        {detail?.user && <EngineText text={detail.user} className="wraps" />}
      </Fact>
      <Fact late term={text.t('detail.workingFolder')}>
        {detail?.workingFolder && <EngineText text={detail.workingFolder} className="wraps" />}
      </Fact>
      <Fact late term={text.t('detail.hostname')}>
        {detail?.hostname && <EngineText text={detail.hostname} className="wraps" />}
      </Fact>
      <Fact late term={text.t('detail.platform')}>
        {detail && [detail.platform, detail.runtime].filter(Boolean).join(' · ')}
      </Fact>
    </FactGroup>
  );
}

/** An exit code above 128 is a signal that ended it: the shell's way of counting, which Docker takes over. */
function exitWords(code: number, text: ReturnType<typeof useText>): string {
  if (code <= 128 || code > 128 + 64) return text.number(code);
  return text.t('detail.exitSignal', { code, signal: code - 128 });
}
