import { describe, expect, test } from 'vitest';
import type { HostSituation } from '../../../../coordinator/operations/actions/definition.ts';
import { actionCatalogue } from '../../../../coordinator/operations/actions/index.ts';
import { type Action, actions, type Operation } from '../../../../shared/protocol/operation.ts';

const calm: HostSituation = {
  host: 'node01',
  planned: true,
  enrolled: true,
  intent: undefined,
  operation: undefined,
  doubtful: false,
  isOnlyControlPlane: false,
};
const intent = (kind: 'paused' | 'retired' | 'leaving') =>
  ({ intent: { kind, by: 'root', at: 0, reason: '' } }) as unknown as Partial<HostSituation>;
const underWay = (kind: Operation['kind'], outcome: Operation['outcome'] = null) => ({
  operation: { kind, outcome } as Operation,
});

describe('an action', () => {
  test.each<[Action, string, Partial<HostSituation>, string | null]>([
    ['pause', 'of a calm host', {}, null],
    ['pause', 'of a paused host', intent('paused'), 'paused-already'],
    ['pause', 'of a retired host', intent('retired'), 'host-retired'],
    ['pause', 'during an operation', underWay('reset'), 'operation-under-way'],
    ['resume', 'of a paused host', intent('paused'), null],
    ['resume', 'of a calm host', {}, 'not-paused'],
    ['readmit', 'of a retired host', intent('retired'), null],
    ['readmit', 'of a calm host', {}, 'not-retired'],
    ['readmit', 'of a host that the plan has dropped', { ...intent('retired'), planned: false }, 'host-not-planned'],
    ['retire', 'of a calm host', {}, null],
    ['retire', 'of a host that is out', intent('retired'), 'host-retired'],
    ['retire', 'again, which goes on with the first', { ...intent('leaving'), ...underWay('retire') }, null],
    ['retire', 'during another operation', underWay('reset'), 'operation-under-way'],
    ['reset', 'of a calm host', {}, null],
    ['reset', 'of a host that never enrolled', { enrolled: false }, 'not-enrolled'],
    ['reset', 'of a paused host', intent('paused'), 'paused'],
    ['reset', 'of a host that is not planned', { planned: false }, 'host-not-planned'],
    ['replace', 'of a calm host', {}, null],
    ['replace', 'of a retired host', intent('retired'), 'host-retired'],
    ['cancel', 'of an operation', underWay('reset'), null],
    ['cancel', 'of nothing', {}, 'no-operation'],
    ['cancel', 'of what is cancelled already', underWay('reset', 'cancelled'), 'no-operation'],
    ['pick', 'of a cloned host', { doubtful: true }, null],
    ['pick', 'of one machine', {}, 'not-cloned'],
  ])('%s %s', (action, _, more, code) => {
    expect(actionCatalogue[action].refusal({ ...calm, ...more })?.code ?? null).toBe(code);
  });

  test.each<Action>(['retire', 'reset', 'replace'])('%s of the only control plane requires force', (action) => {
    expect(actionCatalogue[action].refusal({ ...calm, isOnlyControlPlane: true })).toMatchObject({
      code: 'only-control-plane',
      forcible: true,
    });
  });

  test.each(actions)('%s describes its effect and its result in both languages', (action) => {
    const { answer, effects } = actionCatalogue[action];
    const texts = [answer('node01'), ...effects('node01')];
    expect(texts.every(({ en, zh }) => en !== '' && zh !== '' && en !== zh)).toBe(true);
  });
});
