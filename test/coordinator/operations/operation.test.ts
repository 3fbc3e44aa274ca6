import { expect, test } from 'vitest';
import { again, begin, cancel, end, fail, note } from '../../../coordinator/operations/operation.ts';
import type { OperationKind } from '../../../shared/actions/catalogue.ts';
import type { PartId } from '../../../shared/actions/parts.ts';
import { currentPart } from '../../../shared/status/operation.ts';

const at = new Date('2026-03-04T12:00:00Z');
const text = { en: 'so it is', zh: '如此' };

function begun(kind: OperationKind, skip: PartId[] = []) {
  const why = new Map(skip.map((id) => [id, text]));
  return begin({
    id: 'op-1',
    host: 'node01',
    kind,
    by: 'root',
    force: false,
    timeoutSeconds: 60,
    at,
    skip: why,
    isOneOfSeveral: false,
  });
}
const states = (operation: ReturnType<typeof begun>) => operation.parts.map(({ id, state }) => `${id} ${state}`);

test('an operation runs its parts in order, one at a time, and ends after the last', () => {
  let operation = begun('retire');
  const seen: (string | undefined)[] = [];
  while (operation.endedAt === null) {
    seen.push(currentPart(operation)?.id);
    expect(operation.parts.filter(({ state }) => state === 'working')).toHaveLength(1);
    operation = end(operation, 'done', at);
  }
  expect(seen).toEqual(['cordon', 'drain', 'delete-node', 'reset', 'uninstall']);
  expect(operation.outcome).toBe('done');
  expect(currentPart(operation)).toBeUndefined();
});

test('parts that a host does not need are skipped from the start, with the reason', () => {
  const operation = begun('reset', ['cordon', 'drain', 'delete-node']);
  expect(currentPart(operation)?.id).toBe('reset');
  expect(operation.parts[1]).toMatchObject({ state: 'skipped', message: text });
});

test('a part that timed out waits for the operator, and resuming repeats nothing before it', () => {
  const failed = fail(note(end(begun('retire'), 'done', at), text), text, at);
  expect(states(failed).slice(0, 3)).toEqual(['cordon done', 'drain failed', 'delete-node pending']);
  const next = again(failed, { force: true, timeoutSeconds: 5 }, new Date('2026-03-04T12:05:00Z'));
  expect(states(next).slice(0, 3)).toEqual(['cordon done', 'drain working', 'delete-node pending']);
  expect(next).toMatchObject({ force: true, timeoutSeconds: 5 });
});

test('a cancelled operation uncordons the node while the Node still exists', () => {
  const draining = end(begun('retire'), 'done', at);
  const cancelled = cancel(draining, at);
  expect(currentPart(cancelled)?.id).toBe('uncordon');
  expect(end(cancelled, 'done', at)).toMatchObject({ outcome: 'cancelled', endedAt: at.toISOString() });
});

test('a cancelled operation whose Node is gone has nothing to undo', () => {
  const resetting = end(end(end(begun('retire'), 'done', at), 'done', at), 'done', at);
  expect(cancel(resetting, at)).toMatchObject({ outcome: 'cancelled', endedAt: at.toISOString() });
});
