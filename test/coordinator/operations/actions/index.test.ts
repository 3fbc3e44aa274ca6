import { describe, expect, it } from 'vitest';
import type { HostSituation } from '../../../../coordinator/operations/actions/definition.ts';
import { actionCatalogue } from '../../../../coordinator/operations/actions/index.ts';
import { type Action, actions } from '../../../../shared/protocol/operation.ts';

const calm: HostSituation = {
  host: 'node01',
  planned: true,
  enrolled: true,
  intent: undefined,
  operation: undefined,
  doubtful: false,
  isOnlyControlPlane: false,
};
const retired = { host: 'node01', kind: 'retired', reason: '', by: 'root', at: 0 } as const;
const refusal = (action: Action, changes: Partial<HostSituation> = {}) =>
  actionCatalogue[action].refusal({ ...calm, ...changes });

describe('an action', () => {
  it.each(['pause', 'reset', 'retire', 'replace'] as const)('%s is possible for a host that works', (action) => {
    expect(refusal(action)).toBeNull();
  });

  it.each([
    ['resume', 'not-paused'],
    ['readmit', 'not-retired'],
    ['cancel', 'no-operation'],
    ['pick', 'not-cloned'],
  ] as const)('%s is refused where there is nothing to take back', (action, code) => {
    expect(refusal(action)?.code).toBe(code);
  });

  it.each(['pause', 'reset', 'retire', 'replace'] as const)('%s is refused for a host that is retired', (action) => {
    expect(refusal(action, { intent: retired })?.code).toBe('host-retired');
  });

  it.each([
    'reset',
    'retire',
    'replace',
  ] as const)('%s ends the cluster of an only control plane by force only', (action) => {
    expect(refusal(action, { isOnlyControlPlane: true })).toMatchObject({ code: 'only-control-plane', forcible: true });
  });

  it.each(actions)('%s says in both languages what it does and what it did', (action) => {
    const { answer, effects } = actionCatalogue[action];
    const texts = [answer('node01'), ...effects('node01')];
    expect(texts.every(({ en, zh }) => en !== '' && zh !== '' && en !== zh)).toBe(true);
  });
});
