import { useEffect, useState } from 'react';
import { useAppFacts } from '../../stores/context.tsx';

/** Changes when the page's colours do: with the setting, and with the desktop's while that is followed. */
export function usePageColours(): string {
  const theme = useAppFacts((facts) => facts.settings.theme);
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const changed = (): void => setDark(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return `${theme} ${dark}`;
}
