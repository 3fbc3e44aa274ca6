import { expect, test } from 'vitest';
import { differences } from '../../../coordinator/plan/differences.ts';
import type { Status } from '../../../shared/protocol/status.ts';
import { plan } from '../plans.ts';
import { addresses, facts, node } from '../support.ts';

type Found = Pick<Status, 'hosts' | 'cluster'>;
/** What the cluster shows of node01, which is planned with a label and a taint; `unplanned`: one more Node. */
const shown = (host: object, unplanned: string[] = []) =>
  ({
    hosts: [{ name: 'node01', ...host }],
    cluster: { unplannedNodes: unplanned.map((name) => ({ name })) },
  }) as unknown as Found;
const asPlanned = node('node01', {
  labels: { disk: 'ssd' },
  taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }],
});
const found = (status: Found) =>
  differences(plan(), plan().settings, status).map(({ host, planned, actual }) => [host, planned.en, actual.en]);

test('a node that matches the plan has no differences, nor has a missing one', () => {
  expect(found(shown({ facts: facts({ hostname: 'node01' }), node: asPlanned }))).toEqual([]);
  expect(found(shown({}))).toEqual([]);
});

test('compares name, address, versions, labels and taints', () => {
  const other = node('node01', {
    kubeletVersion: 'v1.22.0',
    runtimeVersion: 'containerd://1.6.20',
    labels: { disk: 'hdd' },
  });
  const seen = facts({
    hostname: 'debian',
    addresses: [{ interface: 'eth0', address: '10.0.0.9', mac: '', family: 'ipv4' }],
  });
  expect(found(shown({ facts: seen, node: other }))).toEqual([
    ['node01', 'node01', 'debian'],
    ['node01', addresses.node01, '10.0.0.9'],
    ['node01', 'v1.23.0', 'v1.22.0'],
    ['node01', 'docker', 'containerd'],
    ['node01', 'disk=ssd', 'disk=hdd'],
    ['node01', 'dedicated=gpu:NoSchedule', expect.any(String)],
  ]);
});

test('names a Node that is not planned', () => {
  expect(found(shown({}, ['stranger']))).toEqual([[null, expect.any(String), 'stranger']]);
});
