import type { Page } from '@playwright/test';
import axeCore from 'axe-core';

/** What axe finds wrong now. */
export async function problems(page: Page): Promise<string[]> {
  await page.evaluate(axeCore.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run();
    return violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${node.html} ${node.failureSummary}`),
    );
  });
}
interface AxeResult {
  violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
}
