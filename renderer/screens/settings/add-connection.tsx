import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { connectionAddressId } from '../../actions/add-connection.ts';
import { FailureCard } from '../../parts/failure-card.tsx';
import { useStores, useText } from '../../stores/context.tsx';

const kinds = ['libvirt', 'docker'] as const;
const examples = { libvirt: 'qemu:///session', docker: 'unix:///run/user/1000/docker.sock' } as const;

/** Adds a connection by its address. What is wrong with it is said here, and what was typed stays. */
export function AddConnection() {
  const { bridge } = useStores();
  const text = useText();
  const [kind, setKind] = useState<(typeof kinds)[number]>('libvirt');
  const [address, setAddress] = useState('');
  const [failure, setFailure] = useState<Failure>();

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (address.trim() === '') return;
    const reply = await bridge.call('connection.add', { kind, address: address.trim() });
    setFailure(reply.ok ? undefined : reply.failure);
    if (reply.ok) setAddress('');
  }

  return (
    <form className="add-connection" onSubmit={(event) => void add(event)}>
      <h3>{text.t('connections.add')}</h3>
      <div className="add-line">
        <select
          value={kind}
          aria-label={text.t('connections.kind')}
          onChange={(event) => setKind(kinds.find((each) => each === event.target.value) ?? 'libvirt')}
        >
          {kinds.map((each) => (
            <option key={each} value={each}>
              {text.t(`connections.kind.${each}`)}
            </option>
          ))}
        </select>
        <input
          id={connectionAddressId}
          type="text"
          className="text-box"
          value={address}
          aria-label={text.t('connections.address')}
          placeholder={text.t('connections.example', { address: examples[kind] })}
          spellCheck={false}
          autoComplete="off"
          maxLength={500}
          onChange={(event) => setAddress(event.target.value)}
        />
        <button type="submit" className="button" disabled={address.trim() === ''}>
          <Plus size={14} aria-hidden />
          <span>{text.t('connections.addButton')}</span>
        </button>
      </div>
      {failure && (
        <div role="alert">
          <FailureCard failure={failure} onDismiss={() => setFailure(undefined)} />
        </div>
      )}
    </form>
  );
}
