import { describe, expect, test } from 'vitest';
import type { HostSituation } from '../../../../coordinator/operations/actions/definition.ts';
import { actionHandlers } from '../../../../coordinator/operations/actions/index.ts';
import type { Action } from '../../../../shared/actions/catalogue.ts';
import type { Operation } from '../../../../shared/protocol/operation.ts';

const calm: HostSituation = {
  host: 'node01',
  planned: true,
  enrolled: true,
  intent: undefined,
  operation: undefined,
  doubtful: false,
  isOnlyControlPlane: false,
  quorum: null,
  hasOnlyState: false,
  hasPlannedRole: true,
};
const intent = (kind: 'paused' | 'retired' | 'leaving') =>
  ({ intent: { kind, by: 'root', at: 0, reason: '' } }) as unknown as Partial<HostSituation>;
const underWay = (kind: Operation['kind'], outcome: Operation['outcome'] = null) => ({
  operation: { kind, outcome } as Operation,
});

describe('an action', () => {
  test.each<[Action, string, Partial<HostSituation>, string | null]>([
    ['pause', 'of an idle host', {}, null],
    ['pause', 'of a paused host', intent('paused'), 'paused'],
    ['pause', 'of a retired host', intent('retired'), 'host-retired'],
    ['pause', 'during an operation', underWay('reset'), 'operation-under-way'],
    ['resume', 'of a paused host', intent('paused'), null],
    ['resume', 'of an idle host', {}, 'not-paused'],
    ['readmit', 'of a retired host', intent('retired'), null],
    ['readmit', 'of an idle host', {}, 'not-retired'],
    [
      'readmit',
      'of a host that was removed from the plan',
      { ...intent('retired'), planned: false },
      'host-not-planned',
    ],
    ['retire', 'of an idle host', {}, null],
    ['retire', 'of a retired host', intent('retired'), 'host-retired'],
    ['retire', 'again, which continues the first', { ...intent('leaving'), ...underWay('retire') }, null],
    ['retire', 'during another operation', underWay('reset'), 'operation-under-way'],
    ['retire', 'of the host of the only coordinator', { hasOnlyState: true }, 'coordinator-state-unshared'],
    ['convert', 'to another planned role', { hasPlannedRole: false }, null],
    [
      'convert',
      'of the host of the only coordinator',
      { hasPlannedRole: false, hasOnlyState: true },
      'coordinator-state-unshared',
    ],
    ['reset', 'of an idle host', {}, null],
    ['reset', 'of a host that never enrolled', { enrolled: false }, 'host-not-enrolled'],
    ['reset', 'of a paused host', intent('paused'), 'paused'],
    ['reset', 'of an unplanned host', { planned: false }, 'host-not-planned'],
    ['replace', 'of an idle host', {}, null],
    ['replace', 'of a retired host', intent('retired'), 'host-retired'],
    ['replace', 'of the host of the only coordinator', { hasOnlyState: true }, 'coordinator-state-unshared'],
    ['cancel', 'of an operation', underWay('reset'), null],
    ['cancel', 'of no operation', {}, 'no-operation'],
    ['cancel', 'of a cancelled operation', underWay('reset', 'cancelled'), 'no-operation'],
    ['pick', 'of a cloned host', { doubtful: true }, null],
    ['pick', 'of a single machine', {}, 'not-cloned'],
  ])('%s %s', (action, _, more, code) => {
    expect(actionHandlers[action].refusal({ ...calm, ...more })?.problem.code ?? null).toBe(code);
  });

  test.each<Action>(['retire', 'reset', 'replace'])('%s of the only control plane requires force', (action) => {
    expect(actionHandlers[action].refusal({ ...calm, isOnlyControlPlane: true })).toMatchObject({
      problem: { code: 'only-control-plane' },
      forcible: true,
    });
  });
});
