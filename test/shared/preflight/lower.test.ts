import { describe, expect, test } from 'vitest';
import { blocks } from '../../../shared/preflight/examine.ts';
import { preflight } from '../../../shared/preflight/preflight.ts';
import { known, planned, worker } from './known.ts';

describe('lowering', () => {
  const lowered = (id: string) =>
    planned({ settings: { preflight: { lower: { [id]: { to: 'warning', reason: 'lab hosts' } } } } });

  test('turns an error into a warning, which blocks nothing, and says so', () => {
    const facts = { memoryBytes: 100 };
    const find = (assignment = worker) => preflight(known(facts, assignment)).find(({ id }) => id === 'memory');
    expect(find()).toMatchObject({ level: 'error', lowered: null });
    const finding = find(lowered('memory'));
    expect(finding).toMatchObject({ level: 'warning', lowered: { from: 'error', reason: 'lab hosts' } });
    expect(finding === undefined || blocks(finding)).toBe(false);
  });

  test('leaves everything but errors unchanged', () => {
    const facts = { memoryBytes: 600 * 1024 ** 2 };
    const finding = preflight(known(facts, lowered('memory'))).find(({ id }) => id === 'memory');
    expect(finding).toMatchObject({ level: 'warning', lowered: null });
  });
});
