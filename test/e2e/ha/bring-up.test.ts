import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../chaos/random.ts';
import { freshLab, pasteEverywhere, waitUntilReady } from '../../lab/bring-up.ts';
import { phaseTable } from '../../lab/cli/summary.ts';
import { hostExec } from '../../lab/hosts.ts';
import { installCoordinator, master, on } from '../../lab/install.ts';
import { buildRelease } from '../../lab/release.ts';
import { labIsNew } from '../support/spoilt.ts';
import { shuffled, until } from '../support/until.ts';
import { allMembers, apiAnswers, hostNames, kubectlOn, masters, seenMembers, threeMasters, worker } from './cluster.ts';

const say = (line: string) => process.stdout.write(`  ${line}\n`);
const seed = Number(process.env.MUSTER_SEED ?? Date.now() % 100_000);

interface Node {
  metadata: { name: string; labels: Record<string, string> };
  spec: { taints?: { key: string; value?: string; effect: string }[] };
  status: { conditions: { type: string; status: string }[] };
}

const nodes = async (host: string) => JSON.parse(await kubectlOn(host, 'get', 'nodes', '-o', 'json')).items as Node[];

describe('three bare masters and a bare worker', () => {
  beforeAll(async () => {
    await freshLab({ hosts: hostNames.length, masters: masters.length, say });
    labIsNew();
    await installCoordinator(await buildRelease(say), threeMasters());
  });

  it('become Ready in any order', async () => {
    const order = shuffled(hostNames, seededRandom(seed));
    say(`seed ${seed}: ${order.join(', ')}`);
    const started = Date.now();
    await pasteEverywhere(order);
    const status = await waitUntilReady({ seconds: 480, show: false });
    say(`three masters and a worker Ready after ${((Date.now() - started) / 1000).toFixed(1)} s`);
    say(phaseTable(status, started).replaceAll('\n', '\n  '));
    for (const host of masters) {
      const conditions = (await nodes(host)).flatMap(({ status: { conditions } }) => conditions);
      expect(conditions.filter(({ type, status }) => type === 'Ready' && status === 'True')).toHaveLength(4);
    }
  });

  it('each reach the API server through their own endpoint', async () => {
    for (const host of hostNames) {
      expect(await on(host, 'getent', 'ahostsv4', 'lab.muster.internal'), host).toMatch(/^127\.0\.0\.1 /);
      expect(await apiAnswers(host), host).toBe(true);
      const servers = await on(host, 'grep', 'server:', '/etc/kubernetes/kubelet.conf');
      expect(servers.trim(), host).toBe('server: https://lab.muster.internal:6443');
    }
  });

  it('have three started members of etcd', async () => {
    for (const host of masters) expect(await seenMembers(host), host).toEqual(allMembers());
  });

  it('have the planned labels and taints', async () => {
    const seen = new Map((await nodes(master)).map((node) => [node.metadata.name, node]));
    for (const host of masters) {
      expect(Object.keys(seen.get(host)?.metadata.labels ?? {}), host).toContain('node-role.kubernetes.io/master');
      expect(seen.get(host)?.spec.taints, host).toEqual([
        { key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' },
      ]);
    }
    expect(seen.get('master02')?.metadata.labels).toMatchObject({ rack: 'b' });
    expect(seen.get(worker)?.metadata.labels).toMatchObject({ disk: 'ssd' });
    expect(seen.get(worker)?.spec.taints).toEqual([{ key: 'spot', value: 'yes', effect: 'PreferNoSchedule' }]);
  });

  it('keep neither certificates nor credentials for a join', async () => {
    const secrets = () => kubectlOn(master, 'get', 'secrets', '-n', 'kube-system', '-o', 'name');
    const isDeleted = async () => !/kubeadm-certs|bootstrap-token/.test(await secrets());
    await until(isDeleted, { seconds: 60, what: 'the secrets of the joins to be deleted' });
    expect((await hostExec(worker, ['find', '/etc/kubernetes/pki', '-name', '*.key'])).stdout).toBe('');
  });
});
