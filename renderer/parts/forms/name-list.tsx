import { useText } from '../../stores/context.tsx';
import { EngineText } from '../engine-text.tsx';

/** Names that are listed before the rest is counted. */
const namesListed = 6;

/** The guests that a question is about. */
export function NameList({ names }: { names: readonly string[] }) {
  const text = useText();
  return (
    <ul className="name-list">
      {names.slice(0, namesListed).map((name, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two guests may have one name
        <li key={place}>
          <EngineText text={name} />
        </li>
      ))}
      {names.length > namesListed && <li>{text.t('confirm.more', { count: names.length - namesListed })}</li>}
    </ul>
  );
}
