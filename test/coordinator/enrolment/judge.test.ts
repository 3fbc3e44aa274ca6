import { describe, expect, it } from 'vitest';
import { judge, pickOne } from '../../../coordinator/enrolment/judge.ts';
import type { MachineRow } from '../../../coordinator/store/machines.ts';

const row = (bootId: string, at: number, more: Partial<MachineRow> = {}): MachineRow => ({
  bootId,
  machineId: `machine-${bootId}`,
  address: `10.0.0.${at}`,
  firstSeenAt: at,
  lastSeenAt: at,
  state: 'known',
  ...more,
});
const sighting = (bootId: string, more = {}) => ({ bootId, machineId: null, address: '10.0.0.9', ...more });

describe('judge', () => {
  it('accepts the first boot and the current one as the host', () => {
    expect(judge([], sighting('a'))).toEqual({ is: 'host', isNewBoot: false });
    expect(judge([row('a', 1)], sighting('a'))).toEqual({ is: 'host', isNewBoot: false });
  });

  it('treats an unknown boot as a reboot', () => {
    expect(judge([row('a', 1)], sighting('b'))).toEqual({ is: 'host', isNewBoot: true });
  });

  it('recognises a clone when an earlier boot returns', () => {
    const [first, second] = [row('a', 1), row('b', 2)];
    expect(judge([first, second], sighting('a'))).toEqual({ is: 'cloned', earlier: first, others: [second] });
  });

  it('trusts no boot while two machines cannot be distinguished', () => {
    const rows = [row('a', 1, { state: 'doubtful' }), row('b', 2, { state: 'doubtful' })];
    expect(judge(rows, sighting('c'))).toEqual({ is: 'doubt' });
  });

  it('recognises an excluded machine by its boot, machine id or address', () => {
    const rows = [row('a', 1), row('b', 2, { state: 'out' })];
    expect(judge(rows, sighting('b')).is).toBe('out');
    expect(judge(rows, sighting('c', { machineId: 'machine-b' })).is).toBe('out');
    expect(judge(rows, sighting('c', { address: '10.0.0.2' })).is).toBe('out');
  });
});

describe('pickOne', () => {
  const planned = '10.0.0.9';
  const rows = [row('aa', 1), { ...row('ab', 2), address: planned }];

  it('finds the machine by a prefix of its boot id or machine id', () => {
    expect(pickOne('node01', rows, { id: 'aa', planned })).toBe(rows[0]);
    expect(pickOne('node01', rows, { id: 'machine-ab', planned })).toBe(rows[1]);
  });

  it.each(['', 'a', 'x'])('refuses "%s", which matches none or both', (id) => {
    expect(() => pickOne('node01', rows, { id, planned })).toThrow(
      expect.objectContaining({ code: 'machine-unclear' }),
    );
  });

  it('suggests the machine at the planned address', () => {
    expect(() => pickOne('node01', rows, { id: '', planned })).toThrow(
      expect.objectContaining({ remedy: expect.objectContaining({ en: expect.stringMatching(/ --boot ab$/) }) }),
    );
    expect(() => pickOne('node01', rows, { id: '', planned: '10.0.0.7' })).toThrow(
      expect.objectContaining({ remedy: expect.objectContaining({ en: expect.stringMatching(/ --boot ID$/) }) }),
    );
  });
});
