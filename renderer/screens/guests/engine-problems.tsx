import { useState } from 'react';
import type { EngineStatus } from '../../../shared/engine-status.ts';
import { tryEngine } from '../../actions/try-engine.ts';
import { FailureCard } from '../../parts/failure-card.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useInventory, useStores, useText } from '../../stores/context.tsx';
import { inTrouble } from '../../stores/engine-trouble.ts';

/** What is wrong with engines that do not answer, with what mends it. */
export function EngineProblems() {
  const stores = useStores();
  const text = useText();
  const engines = useInventory((inventory) => inventory.engines);
  const failure = useInventory((inventory) => inventory.failure);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const all = [...engines.values()];
  const now = useNow(all.some((engine) => engine.state === 'reconnecting'));
  const problems = all.filter((engine) => inTrouble(engine, now) && !hidden.has(problemId(engine)));
  if (problems.length === 0 && !failure) return null;
  return (
    <section className="problems" aria-label={text.t('engine.problems')}>
      {failure && <FailureCard failure={failure} />}
      {problems.map((engine) => (
        <FailureCard
          key={engine.id}
          // biome-ignore lint/style/noNonNullAssertion: only engines with a failure are here
          failure={engine.failure!}
          onRetry={() => tryEngine.run(engine.id, stores)}
          onDismiss={() => setHidden(new Set([...hidden, problemId(engine)]))}
          dismissLabel={text.t('engine.hideProblem')}
        />
      ))}
    </section>
  );
}

/** Another failure of the same engine is another problem. */
function problemId(engine: EngineStatus): string {
  return `${engine.id} ${engine.failure?.code}`;
}
