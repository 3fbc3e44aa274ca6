import { expect, it } from 'vitest';
import { createRetrier } from '../../../agent/link/retry.ts';
import { createCollector } from '../../../agent/support/collector.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { fakeHost } from '../fake-host.ts';

it('requests that arrive while one is answered do not run beside it, and the newest is answered next', async () => {
  const sent: string[] = [];
  let running = 0;
  const most: number[] = [];
  const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
  const client = {
    async collection(id: string) {
      running += 1;
      most.push(running);
      await mayGoOn;
      running -= 1;
      sent.push(id);
    },
  };
  const { signal } = new AbortController();
  const untilDone = createRetrier({ sleep: async () => undefined, log: silentLogger() });
  const collector = createCollector({ host: fakeHost(), client, untilDone, log: silentLogger(), signal });
  for (let count = 0; count < 50; count += 1) collector.want({ id: `collect-${count}` });
  collector.want({ id: 'collect-49' });
  goOn();
  await expect.poll(() => sent).toEqual(['collect-0', 'collect-49']);
  expect(Math.max(...most)).toBe(1);
});
