import { useEffect, useState } from 'react';

/** The time, Unix milliseconds, anew every second while `ticking`: for "12 s ago" and "running for 8 s". */
export function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
