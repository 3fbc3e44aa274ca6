import { describe, expect, test } from 'vitest';
import { fleetChecks, fleetPreflight } from '../../../shared/preflight/fleet/checks.ts';
import { createFleetIndex } from '../../../shared/preflight/fleet/fleet-index.ts';
import type { Member } from '../../../shared/preflight/fleet/known.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import type { Level } from '../../../shared/protocol/finding.ts';
import { sampleFacts } from '../../agent/samples.ts';
import { having } from './known.ts';

function member(number: number, changes: Partial<Member> = {}, facts: Partial<Facts> = {}): Member {
  const address = `192.168.0.13${number}`;
  return {
    name: `node0${number}`,
    address,
    clockSkewMs: 20 * number,
    facts: sampleFacts({
      machineId: `${number}`.repeat(32),
      productUuid: `a0000000-0000-4000-8000-00000000000${number}`,
      addresses: [{ interface: 'eth0', address, mac: `02:00:00:00:00:0${number}`, family: 'ipv4' }],
      peers: [{ host: 'node03', port: 10250, state: 'open' }],
      ports: [{ port: 10250, process: 'kubelet' }],
      ...facts,
    }),
    ...changes,
  };
}

const others = [member(2), member(3)];
function fleetOf(inOrder: readonly Member[]) {
  const index = createFleetIndex();
  for (const one of inOrder) index.put(one);
  return index.fleet;
}
const judge = (one: Member) => fleetPreflight({ member: one, fleet: fleetOf([...others, one]) });
const levelOf = (id: string, one: Member) => judge(one).find((finding) => finding.id === id)?.level;
const eth0 = (address: string, mac: string) => ({ interface: 'eth0', address, mac, family: 'ipv4' as const });

describe('the comparison of hosts', () => {
  test('hosts that differ in every identifying value pass', () => {
    expect(judge(member(1)).map(({ id, level }) => [id, level])).toEqual(fleetChecks.map(({ id }) => [id, 'ok']));
  });

  test.each<[string, string, Member, Level]>([
    ['unique-machine-id', 'a clone', member(1, {}, { machineId: '2'.repeat(32) }), 'error'],
    ['unique-machine-id', 'no machine id', member(1, {}, { machineId: null }), 'unknown'],
    ['unique-product-uuid', 'a clone', member(1, {}, { productUuid: 'A0000000-0000-4000-8000-000000000002' }), 'error'],
    ['unique-product-uuid', 'a container', member(1, {}, { productUuid: null }), 'unknown'],
    [
      'unique-product-uuid',
      'a vendor’s filler',
      member(1, {}, { productUuid: '03000200-0400-0500-0006-000700080009' }),
      'unknown',
    ],
    ['unique-mac', 'a clone', member(1, {}, { addresses: [eth0('192.168.0.131', '02:00:00:00:00:02')] }), 'error'],
    ['unique-mac', 'no such interface', member(1, {}, { addresses: [] }), 'unknown'],
    ['unique-address', 'the address of another', member(1, {}, { addresses: [eth0('192.168.0.132', '')] }), 'error'],
    ['clocks', 'a minute ahead', member(1, { clockSkewMs: 60_000 }), 'warning'],
    ['clocks', 'no report yet', member(1, { clockSkewMs: null }), 'unknown'],
    [
      'same-mtu',
      'a smaller MTU',
      member(1, {}, having('network', { interfaces: [{ name: 'eth0', mtu: 1400 }] })),
      'warning',
    ],
    ['same-mtu', 'unknown', member(1, {}, having('network', { interfaces: null })), 'unknown'],
    [
      'peer-ports',
      'no answer',
      member(1, {}, { peers: [{ host: 'node03', port: 10250, state: 'silent' }] }),
      'warning',
    ],
    [
      'peer-ports',
      'no listener',
      member(1, {}, { peers: [{ host: 'node03', port: 6443, state: 'closed' }] }),
      'unknown',
    ],
    ['peer-ports', 'not tested', member(1, {}, { peers: null }), 'unknown'],
  ])('%s, %s', (id, _, one, level) => {
    expect(levelOf(id, one)).toBe(level);
  });

  test('a port that another host opened after this one looked is no finding until this one looks again', () => {
    const early = member(1, {}, { peers: [{ host: 'node03', port: 10250, state: 'closed' }] });
    const index = createFleetIndex();
    for (const one of [member(2), member(3, {}, { ports: [] }), early, member(3)]) index.put(one);
    const level = () =>
      fleetPreflight({ member: early, fleet: index.fleet }).find(({ id }) => id === 'peer-ports')?.level;
    expect(level()).toBe('unknown');
    index.put({ ...early, facts: { ...early.facts } });
    expect(level()).toBe('warning');
  });

  test('a host cannot take away what another reported first', () => {
    const { machineId, productUuid, addresses } = member(2).facts;
    const thief = member(1, {}, { machineId, productUuid, addresses });
    const all = fleetOf([...others, thief]);
    const levels = (one: Member) =>
      Object.fromEntries(fleetPreflight({ member: one, fleet: all }).map(({ id, level }) => [id, level]));
    const unique = ['unique-machine-id', 'unique-product-uuid', 'unique-address'] as const;
    for (const id of unique) {
      expect(levels(member(2))[id]).toBe('warning');
      expect(levels(thief)[id]).toBe('error');
    }
  });

  test('ignores the addresses that every VM has behind NAT', () => {
    const nat = (number: number) => ({
      ...member(number),
      facts: sampleFacts({ addresses: [eth0('10.0.2.15', ''), ...member(number).facts.addresses] }),
    });
    const all = [nat(1), nat(2)];
    const found = fleetPreflight({ member: nat(1), fleet: fleetOf(all) });
    expect(found.find(({ id }) => id === 'unique-address')?.level).toBe('ok');
  });
});
