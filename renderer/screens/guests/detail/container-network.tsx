import type { Guest, PublishedPort } from '../../../../shared/guest.ts';
import type { ContainerNetwork } from '../../../../shared/guest-detail.ts';
import { openablePorts, openPort } from '../../../actions/open-port.ts';
import { CopyButton } from '../../../parts/copy-button.tsx';
import { EngineText } from '../../../parts/engine-text.tsx';
import { useStores, useText } from '../../../stores/context.tsx';

/** Ports that are reachable on the host, those of TCP with a way to the browser. */
export function Ports({ ports }: { ports: readonly PublishedPort[] }) {
  const stores = useStores();
  const text = useText();
  const openable = new Set(openablePorts({ ports: [...ports] }));
  return (
    <div className="ports">
      <p className="quiet-text">{text.t('detail.ports')}</p>
      {ports.length > 0 ? (
        <ul>
          {ports.map((port) => {
            const { hostAddress, hostPort, guestPort, protocol } = port;
            const host = `${hostAddress.includes(':') ? `[${hostAddress}]` : hostAddress}:${hostPort}`;
            const label = openPort.label(port, text);
            return (
              <li key={`${host} ${guestPort} ${protocol}`} className="with-button">
                <span className="digits">
                  {text.t('detail.portOnHost', { host, guest: `${guestPort}/${protocol}` })}
                </span>
                {openable.has(port) && (
                  <button
                    type="button"
                    className="button small icon-only quiet"
                    aria-label={label}
                    title={label}
                    onClick={() => openPort.run(port, stores)}
                  >
                    <openPort.icon size={14} aria-hidden />
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      ) : (
        <p className="quiet-text">{text.t('detail.none')}</p>
      )}
    </div>
  );
}

interface ContainerNetworksProps {
  guest: Guest;
  networks: readonly ContainerNetwork[] | undefined;
  awaited: boolean;
}

export function ContainerNetworks({ guest, networks, awaited }: ContainerNetworksProps) {
  const text = useText();
  if (!networks) {
    const addresses = guest.addresses.join(', ');
    return <p className="quiet-text">{addresses || (awaited ? '…' : text.t('detail.none'))}</p>;
  }
  if (networks.length === 0) return <p className="quiet-text">{text.t('net.noNetworks')}</p>;
  return (
    <ul className="things">
      {networks.map(({ name, addresses, gateway, mac, aliases }) => (
        <li key={name}>
          <p className="thing-head">
            <EngineText text={name} className="thing-name" />
            {mac && <EngineText text={mac} className="quiet-text digits" />}
          </p>
          {addresses.map((address) => (
            <span key={address} className="address">
              <EngineText text={address} className="digits" />
              <CopyButton what={address} label={text.t('menu.copyAddress')} />
            </span>
          ))}
          {gateway && <p className="quiet-text digits">{text.t('net.gateway', { address: gateway })}</p>}
          {aliases.length > 0 && <p className="quiet-text">{text.t('net.aliases', { names: text.list(aliases) })}</p>}
        </li>
      ))}
    </ul>
  );
}
