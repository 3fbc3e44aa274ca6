import { expect, test } from 'vitest';
import { packRow, unpackSteps } from '../../../shared/status/packed-row.ts';
import { rowOf } from '../../../shared/status/row.ts';
import { sampleStatus } from '../../coordinator/web/sample.ts';

test.for(sampleStatus().hosts.map((host) => [host.name, rowOf(host)] as const))('%s unpacks to the same row', ([
  ,
  row,
]) => {
  const { steps, ...rest } = JSON.parse(JSON.stringify(packRow(row)));
  expect({ ...rest, steps: unpackSteps(steps, 'en') }).toEqual(row);
});

test('a packed row takes less than half of the space', () => {
  for (const row of sampleStatus().hosts.map((host) => rowOf(host))) {
    expect(JSON.stringify(packRow(row)).length).toBeLessThan(JSON.stringify(row).length / 2);
  }
});
