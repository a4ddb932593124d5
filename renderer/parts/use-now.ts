import { useEffect, useState } from 'react';

/** The time, Unix milliseconds, anew every second (or `everyMs`) while `ticking`: for "12 s ago" and "running for 8 s". */
export function useNow(ticking: boolean, everyMs = 1000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [ticking, everyMs]);
  return now;
}
