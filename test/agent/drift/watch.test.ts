import { describe, expect, it } from 'vitest';
import { createDriftWatch } from '../../../agent/drift/watch.ts';

function setUp() {
  const signs = new Map([['swap', '']]);
  const changes: string[][] = [];
  const watch = createDriftWatch({
    signs: async () => new Map(signs),
    onChange: (names) => void changes.push(names),
  });
  return { signs, changes, watch };
}

describe('the drift watch', () => {
  it('reports nothing before the first round or while nothing changes', async () => {
    const { watch, signs, changes } = setUp();
    await watch.look();
    await watch.mark();
    await watch.look();
    expect(changes).toEqual([]);
    signs.set('swap', '/swap.img');
    await watch.look();
    expect(changes).toEqual([['swap']]);
  });

  it('reports a change once per round', async () => {
    const { watch, signs, changes } = setUp();
    await watch.mark();
    signs.set('swap', '/swap.img');
    await watch.look();
    await watch.look();
    expect(changes).toHaveLength(1);
    await watch.mark();
    signs.delete('swap');
    signs.set('sysctl', '0');
    await watch.look();
    expect(changes[1]).toEqual(['swap', 'sysctl']);
  });

  it('detects a change made during a round', async () => {
    const { watch, signs, changes } = setUp();
    await watch.mark();
    signs.set('swap', 'on again, after the check of swap');
    await watch.look();
    expect(changes).toEqual([['swap']]);
  });
});
