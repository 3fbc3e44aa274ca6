import { describe, expect, it } from 'vitest';
import { advanced } from '../../../coordinator/operations/advance.ts';
import { begin } from '../../../coordinator/operations/operation.ts';
import { needless, type Sight } from '../../../coordinator/operations/parts.ts';
import type { OperationKind } from '../../../shared/actions/catalogue.ts';
import type { PartId } from '../../../shared/actions/parts.ts';
import { currentPart } from '../../../shared/status/operation.ts';

const at = new Date('2026-03-04T12:00:00Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
const text = { en: 'so it is', zh: '如此' };

function begun(kind: OperationKind, { force = false, skip = [] as PartId[] } = {}) {
  const why = new Map(skip.map((id) => [id, text]));
  return begin({
    id: 'op-1',
    host: 'node01',
    kind,
    by: 'root',
    force,
    timeoutSeconds: 60,
    at,
    skip: why,
    isOneOfSeveral: false,
  });
}
const sight = (more: Partial<Sight> = {}): Sight => ({
  now: later(1),
  isEnrolled: true,
  isSilent: false,
  isReadySince: () => false,
  ...more,
});
const nodeParts: PartId[] = ['cordon', 'drain', 'delete-node'];

describe('needless', () => {
  const need = { kind: 'reset', force: false, isEnrolled: true, isOnlyControlPlane: false, hasCluster: true } as const;

  it.each([
    ['nothing for a node in a cluster', {}, []],
    ['the eviction under force', { force: true }, ['drain']],
    ['the Node when there is no cluster yet', { hasCluster: false }, nodeParts],
    ['the Node of the only control plane', { isOnlyControlPlane: true }, nodeParts],
    ['the machine when none has enrolled', { isEnrolled: false }, ['reset', 'uninstall']],
    ['nothing more for a replaced machine', { kind: 'replace', isEnrolled: false }, []],
  ] as const)('skips %s', (_, more, skipped) => {
    expect([...needless({ ...need, ...more }).keys()]).toEqual(skipped);
  });
});

describe('advanced', () => {
  const draining = begun('reset', { skip: ['cordon'] });
  const resetting = begun('reset', { skip: nodeParts });

  it('leaves an eviction running until its time limit', () => {
    expect(advanced(draining, sight({ now: later(59) }))).toBe(draining);
    expect(currentPart(advanced(draining, sight({ now: later(60) })))).toMatchObject({ id: 'drain', state: 'failed' });
  });

  it('waits for a silent host, except under force', () => {
    expect(currentPart(advanced(resetting, sight({ isSilent: true })))).toMatchObject({
      id: 'reset',
      state: 'working',
    });
    const forced = begun('reset', { force: true, skip: nodeParts });
    expect(currentPart(advanced(forced, sight({ isSilent: true })))?.id).toBe('join');
  });

  it('advances as far as the observations allow', () => {
    const replacing = begun('replace', { skip: ['delete-node'] });
    expect(currentPart(advanced(replacing, sight({ isEnrolled: false })))?.id).toBe('enrol');
    expect(currentPart(advanced(replacing, sight()))?.id).toBe('join');
    expect(advanced(replacing, sight({ isReadySince: () => true })).outcome).toBe('done');
  });
});
