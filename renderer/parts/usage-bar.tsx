/** How much of something is used: a bar for the eye beside its figure. `part` is 0 to 1. */
export function UsageBar({ part }: { part: number }) {
  const full = Math.max(0, Math.min(1, part));
  return (
    <span className="usage-bar" data-full={full > 0.9 || undefined} aria-hidden>
      <span style={{ transform: `scaleX(${full.toFixed(3)})` }} />
    </span>
  );
}
