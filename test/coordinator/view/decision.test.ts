import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDecision } from '../../../shared/diagnosis/failures/cluster.ts';
import type { HostStatus } from '../../../shared/protocol/status.ts';
import { addresses, allDone, cluster, enrolled, facts, node, start, step, type TestCoordinator } from '../support.ts';

const factsAt = (host: keyof typeof addresses, createdCluster: 'none' | 'held' | 'lost') =>
  facts({
    createdCluster,
    hostname: host,
    machineId: host,
    productUuid: null,
    addresses: [{ interface: 'eth0', address: addresses[host], mac: host, family: 'ipv4' }],
  });

describe('a cluster whose hosts were all reset', () => {
  let coordinator: TestCoordinator;
  beforeAll(async () => {
    coordinator = await start();
    const [master, worker] = [await enrolled(coordinator, 'master01'), await enrolled(coordinator, 'node01')];
    await master.report({
      facts: factsAt('master01', 'held'),
      steps: allDone('init'),
      node: node('master01'),
      cluster: cluster(coordinator.caPem),
    });
    await worker.report({ facts: factsAt('node01', 'none'), steps: allDone('join'), node: node('node01') });
    const stopped = { id: 'kubelet-stopped', step: null, since: new Date().toISOString(), evidence: [] };
    const diagnosis = { ...stopped, values: {}, triesLeft: 4 };
    const upTo = (bootstrap: 'init' | 'join', id: string) => {
      const all = allDone(bootstrap);
      return all.slice(
        0,
        all.findIndex((one) => one.id === id),
      );
    };
    await worker.report({
      node: null,
      diagnosis,
      steps: [...upTo('join', 'kubeadm-join'), step('kubeadm-join', 'applying')],
    });
    await master.report({
      facts: factsAt('master01', 'lost'),
      steps: [...upTo('init', 'kubeadm-init'), step('kubeadm-init', 'waiting', { code: 'cluster-lost' })],
      node: null,
      cluster: null,
      diagnosis,
    });
  });
  afterAll(() => coordinator.stop());
  const status = async () => (await coordinator.operator('/v1/status')).body;

  it.each(['master01', 'node01'])('%s waits for the decision, which explains the stopped kubelet', async (name) => {
    const host: HostStatus = (await status()).hosts.find((one: HostStatus) => one.name === name);
    expect(host.diagnosis).toMatchObject({ id: 'cluster-lost', command: 'sudo muster recover', automatic: null });
    expect(host.explanation.en).toContain('muster recover');
    expect(host.explanation.zh).toContain('muster recover');
  });

  it('leaves a host alone that is not enrolled', async () => {
    const host: HostStatus = (await status()).hosts.find((one: HostStatus) => one.name === 'node02');
    expect(host).toMatchObject({ phase: 'planned', diagnosis: null });
  });

  it('is a notice with the command, and the cluster’s sentence names it', async () => {
    const { notices, cluster: shown, hosts } = await status();
    expect(notices).toMatchObject([{ code: 'cluster-lost', command: 'sudo muster recover' }]);
    expect(shown.summary.en.toLowerCase()).toContain(hosts[0].diagnosis.title.en.toLowerCase());
  });
});

it('knows which causes are decisions', () => {
  expect(isDecision('cluster-lost')).toBe(true);
  expect(isDecision('kubelet-stopped')).toBe(false);
});
