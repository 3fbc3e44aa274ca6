import { expect, it } from 'vitest';
import { createFleetIndex } from '../../../../shared/preflight/fleet/fleet-index.ts';
import type { Member } from '../../../../shared/preflight/fleet/known.ts';
import { sampleFacts } from '../../../agent/samples.ts';

const member = (name: string, machineId: string | null, clockSkewMs: number | null = 0): Member => ({
  name,
  address: `10.0.0.${name.length}`,
  clockSkewMs,
  facts: sampleFacts({ machineId }),
});

it('keeps the first holder of a value first, whatever else is reported', () => {
  const index = createFleetIndex();
  for (const name of ['a', 'bb', 'ccc']) index.put(member(name, 'same'));
  index.put({ ...member('a', 'same'), clockSkewMs: 5 });
  expect(index.fleet.machineIds.get('same')).toEqual(['a', 'bb', 'ccc']);
  index.put(member('a', 'other'));
  index.put(member('a', 'same'));
  expect(index.fleet.machineIds.get('same')).toEqual(['bb', 'ccc', 'a']);
});

it('forgets a removed host and the values that only it had', () => {
  const index = createFleetIndex();
  index.put(member('a', 'own', 40));
  index.remove('a');
  expect(index.member('a')).toBeUndefined();
  expect(index.fleet.machineIds.has('own')).toBe(false);
  expect(index.fleet.planned.get('10.0.0.1')).toBeUndefined();
  expect(index.fleet.usualSkewMs).toBeNull();
});

it('takes the median of the clocks again once a few of many have changed', () => {
  const index = createFleetIndex();
  for (let number = 1; number <= 101; number += 1) index.put(member('x'.repeat(number), null, number));
  expect(index.fleet.usualSkewMs).toBe(51);
  for (let number = 1; number <= 60; number += 1) index.put(member('x'.repeat(number), null, 1000));
  expect(index.fleet.usualSkewMs).toBe(1000);
});
