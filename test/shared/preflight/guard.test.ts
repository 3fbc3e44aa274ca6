import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../shared/preflight/catalogue.ts';
import { blockedSteps, guardsAll } from '../../../shared/preflight/guard.ts';
import { definitionOf, stepIds, stepsOf } from '../../../shared/steps/catalogue.ts';

const error = (id: string) => ({ id, level: 'error' as const, mends: false });
const partial = { isPartial: true };

describe('the steps that a check guards', () => {
  test.each(
    catalogue.filter(({ guards }) => guards !== undefined),
  )('$id: exist, and its error blocks them', (check) => {
    const { id, level, guards = [] } = check;
    expect(level).toBe('error');
    expect(guards).not.toEqual([]);
    expect(stepIds).toEqual(expect.arrayContaining([...guards]));
    expect([...blockedSteps([error(id)], stepIds, partial).keys()].sort()).toEqual([...new Set(guards)].sort());
  });

  test.each([
    'root',
    'os',
    'arch',
    'planned-address',
    'left-overs',
    'left-over-etcd',
    'unique-machine-id',
    'unheard-of',
  ])('%s: all', (id) => {
    expect(guardsAll(error(id))).toBe(true);
    expect(blockedSteps([error(id)], stepIds, partial).size).toBe(stepIds.length);
  });

  test('do not include those that correct the settings of a node', () => {
    const blocked = blockedSteps([error('docker-config'), error('memory')], stepIds, partial);
    for (const id of ['sysctls', 'swap', 'hosts-file', 'firewall'] as const) expect(blocked.has(id)).toBe(false);
  });
});

test('one error blocks every step of a host that muster has not made a node', () => {
  const steps = stepsOf('join', 'worker').map(({ id }) => id);
  expect(blockedSteps([error('docker-config')], steps, { isPartial: false }).size).toBe(steps.length);
});

test('warnings and errors that a step fixes block nothing', () => {
  const findings = [
    { ...error('memory'), mends: true },
    { ...error('memory'), level: 'warning' as const },
  ];
  expect(blockedSteps(findings, stepIds, { isPartial: false }).size).toBe(0);
});

test.each(stepIds)('the step %s needs earlier steps only', (id) => {
  const before = stepIds.slice(0, stepIds.indexOf(id));
  expect(before).toEqual(expect.arrayContaining([...(definitionOf[id].needs ?? [])]));
});
