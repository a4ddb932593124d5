import { Terminal } from 'lucide-react';
import type { Guest } from '../../../../shared/guest.ts';
import type { VmInterface } from '../../../../shared/guest-detail.ts';
import { sshCommand } from '../../../actions/ssh-command.ts';
import { CopyButton } from '../../../parts/copy-button.tsx';
import { EngineText } from '../../../parts/engine-text.tsx';
import { useText } from '../../../stores/context.tsx';

interface InterfacesProps {
  guest: Guest;
  interfaces: readonly VmInterface[] | undefined;
  awaited: boolean;
}

/** The interfaces of a VM, each with its addresses and where each is known from. */
export function Interfaces({ guest, interfaces, awaited }: InterfacesProps) {
  const text = useText();
  if (!interfaces) {
    // The row knows addresses before the detail is there.
    if (guest.addresses.length > 0) {
      return (
        <ul className="things">
          {guest.addresses.map((address) => (
            <li key={address}>
              <Address address={address} />
            </li>
          ))}
        </ul>
      );
    }
    return <p className="quiet-text">{awaited ? '…' : text.t('detail.none')}</p>;
  }
  if (interfaces.length === 0) return <p className="quiet-text">{text.t('net.none')}</p>;
  return (
    <ul className="things">
      {interfaces.map((each) => (
        <li key={each.mac}>
          <p className="thing-head">
            <EngineText text={each.source ?? each.type} className="thing-name" />
            <span className="quiet-text">
              {[each.source !== undefined && each.type, each.model, each.hostDevice].filter(Boolean).join(' · ')}
            </span>
          </p>
          <span className="with-button">
            <EngineText text={each.mac} className="digits" />
            <CopyButton what={each.mac} label={text.t('net.copyMac')} />
          </span>
          {each.addresses.map(({ address, from }) => (
            <Address key={`${address} ${from}`} address={address} from={text.t(`net.from.${from}`)} />
          ))}
          {each.addresses.length === 0 && guest.state === 'running' && (
            <p className="quiet-text">{text.t('net.noAddress')}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** An address to copy, and the command that logs in there. */
function Address({ address, from }: { address: string; from?: string }) {
  const text = useText();
  const login = sshCommand(address);
  return (
    <span className="address">
      <EngineText text={address} className="digits" />
      {from && <span className="quiet-text">{from}</span>}
      <CopyButton what={address} label={text.t('menu.copyAddress')} />
      {login && <CopyButton what={login} label={text.t('menu.copySsh')} icon={Terminal} />}
    </span>
  );
}
