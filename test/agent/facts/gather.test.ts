import { expect, test } from 'vitest';
import { gather } from '../../../agent/facts/gather.ts';
import { factsSchema } from '../../../shared/protocol/facts.ts';
import { fakeHost } from '../fake-host.ts';

test('gather returns facts of this machine that fit the protocol', async () => {
  const facts = await gather(fakeHost({ files: { '/proc/sys/kernel/hostname': 'node01\n' } }));
  expect(factsSchema.parse(facts)).toEqual(facts);
  expect(facts.hostname).toBe('node01');
  expect(facts.memoryBytes).toBeGreaterThan(0);
  expect(facts.disks.length).toBeGreaterThan(0);
});
