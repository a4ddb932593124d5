import { Container, Monitor } from 'lucide-react';
import type { GuestKind } from '../../shared/guest.ts';
import { useText } from '../stores/context.tsx';

const icons = { vm: Monitor, container: Container } as const satisfies Record<GuestKind, unknown>;

/** What kind of guest it is, as icon and word. */
export function KindMark({ kind }: { kind: GuestKind }) {
  const text = useText();
  const Icon = icons[kind];
  return (
    <span className="kind-mark" title={text.t(`kind.${kind}`)}>
      <Icon size={14} aria-hidden />
      <span aria-hidden>{text.t(`kind.short.${kind}`)}</span>
      <span className="for-readers">{text.t(`kind.${kind}`)}</span>
    </span>
  );
}
