import { expect, it } from 'vitest';
import { costOfWorker } from './worker-cost.ts';

it('one more worker costs the same statements, rows and requests with 3 hosts as with 3,000', async () => {
  const few = await costOfWorker(3);
  const many = await costOfWorker(3000);
  expect(few.statements).toBeGreaterThan(20);
  for (const kind of ['statements', 'rows', 'requests'] as const) {
    expect(many[kind] / few[kind], `${kind}: ${many[kind]} and ${few[kind]}`).toBeLessThanOrEqual(1.2);
  }
});
