import { describe, expect, it } from 'vitest';
import { createEventQuota } from '../../../coordinator/observing/event-quota.ts';

const event = (index: number) => ({ kind: `drift-${index}`, message: { en: 'x', zh: 'x' } });
const events = (count: number) => Array.from({ length: count }, (_, index) => event(index));
const kinds = (granted: readonly { kind: string }[]) => granted.map(({ kind }) => kind);

describe('the events of one host', () => {
  it('are all recorded up to the quota', () => {
    const quota = createEventQuota();
    expect(quota.grant('node01', events(30), 0)).toHaveLength(30);
    expect(quota.grant('node01', events(30), 1000)).toHaveLength(30);
  });

  it('are dropped beyond the quota, which is recorded once', () => {
    const quota = createEventQuota();
    const first = kinds(quota.grant('node01', events(1000), 0));
    expect(first).toHaveLength(61);
    expect(first.at(-1)).toBe('events-limited');
    for (let second = 1; second <= 20; second++) expect(quota.grant('node01', events(1000), second * 1000)).toEqual([]);
  });

  it('are recorded again after some time', () => {
    const quota = createEventQuota();
    quota.grant('node01', events(1000), 0);
    expect(kinds(quota.grant('node01', events(1), 3600_000))).toEqual(['drift-0']);
  });

  it('count for that host only', () => {
    const quota = createEventQuota();
    quota.grant('node01', events(1000), 0);
    expect(quota.grant('node02', events(1), 0)).toHaveLength(1);
  });
});
