import { ArrowDown, ArrowUp, EyeOff } from 'lucide-react';
import type { HostSample } from '../../../shared/metrics.ts';
import { changeSettings } from '../../actions/change-settings.ts';
import { useAppFacts, useHost, useStores, useText } from '../../stores/context.tsx';
import { EngineText } from '../engine-text.tsx';
import { Popover } from '../popover.tsx';
import { UsageBar } from '../usage-bar.tsx';

/** The host's own CPU, memory, disk and network; measured only while it is shown. */
export function HostStrip() {
  const text = useText();
  const shown = useAppFacts((facts) => facts.settings.hostStrip);
  const sample = useHost((host) => host.sample);
  if (!shown) return null;
  return (
    <Popover
      buttonClass="status-button host-strip"
      label={text.t('host.title')}
      className="host-panel"
      face={
        <>
          <span className="for-readers">{text.t('host.title')}: </span>
          {sample ? <Figures sample={sample} /> : <span className="quiet-text">{text.t('host.measuring')}</span>}
        </>
      }
    >
      {(close) => <HostPanel sample={sample} close={close} />}
    </Popover>
  );
}

function Figures({ sample }: { sample: HostSample }) {
  const text = useText();
  const disk = mainDisk(sample);
  return (
    <>
      <span className="host-figure">
        <span className="figure-name">{text.t('host.cpu')}</span> {text.percent(sample.cpu)}
        <UsageBar part={sample.cpu / 100} />
      </span>
      <span className="host-figure host-memory">
        <span className="figure-name">{text.t('host.memory')}</span> {text.bytes(sample.memoryUsed)}
        <UsageBar part={sample.memoryUsed / sample.memoryTotal} />
      </span>
      {disk && (
        <span className="host-figure host-disk">
          <span className="figure-name">{text.t('host.disk')}</span> {text.percent((disk.used / disk.size) * 100)}
          <UsageBar part={disk.used / disk.size} />
        </span>
      )}
      <span className="host-figure host-network">
        <span className="figure-name">{text.t('host.network')}</span>
        <ArrowDown size={12} aria-label={text.t('host.receive')} />
        {text.t('host.perSecond', { amount: text.bytes(sample.networkReceive) })}
        <ArrowUp size={12} aria-label={text.t('host.send')} />
        {text.t('host.perSecond', { amount: text.bytes(sample.networkSend) })}
      </span>
    </>
  );
}

function HostPanel({ sample, close }: { sample: HostSample | undefined; close: () => void }) {
  const stores = useStores();
  const text = useText();
  return (
    <>
      <h2 className="panel-title">{text.t('host.title')}</h2>
      {sample && (
        <dl className="facts narrow">
          <div>
            <dt>{text.t('host.cpu')}</dt>
            <dd>{text.t('host.cpuTip', { percent: text.percent(sample.cpu), cores: sample.cores })}</dd>
          </div>
          <div>
            <dt>{text.t('host.memory')}</dt>
            <dd>
              {text.t('host.usedOf', { used: text.bytes(sample.memoryUsed), size: text.bytes(sample.memoryTotal) })}
              <UsageBar part={sample.memoryUsed / sample.memoryTotal} />
            </dd>
          </div>
          {sample.disks.map((disk) => (
            <div key={disk.mount}>
              <dt>
                <EngineText text={disk.mount} />
              </dt>
              <dd>
                {text.t('host.usedOf', { used: text.bytes(disk.used), size: text.bytes(disk.size) })}
                <UsageBar part={disk.used / disk.size} />
              </dd>
            </div>
          ))}
          <div>
            <dt>{text.t('host.receive')}</dt>
            <dd>{text.bytes(sample.networkReceive)}</dd>
          </div>
          <div>
            <dt>{text.t('host.send')}</dt>
            <dd>{text.bytes(sample.networkSend)}</dd>
          </div>
        </dl>
      )}
      <button
        type="button"
        className="button small"
        onClick={() => {
          close();
          changeSettings.run({ hostStrip: false }, stores);
        }}
      >
        <EyeOff size={14} aria-hidden />
        <span>{text.t('host.hide')}</span>
      </button>
    </>
  );
}

/** The root file system, or the largest one where it is not listed. */
function mainDisk({ disks }: HostSample): HostSample['disks'][number] | undefined {
  return disks.find((disk) => disk.mount === '/') ?? disks.toSorted((a, b) => b.size - a.size)[0];
}
