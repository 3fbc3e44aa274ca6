import { beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { endsNode, reset } from '../../faults/worker.ts';
import { freshLab, pasteEverywhere, waitUntilReady } from '../../lab/bring-up.ts';
import { bootHost, hostExec, killHost, labHosts } from '../../lab/hosts.ts';
import { clusterStatus, installCoordinator, kubectl, master, on, oneLiner, paste } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { buildRelease } from '../../lab/release.ts';
import { shuffled, until } from '../support/until.ts';
import { askForMastersIdentity } from './impostor.ts';

const names = labHosts(3).map(({ name }) => name);
const say = (line: string) => process.stdout.write(`  ${line}\n`);

/** The lab's plan with something to label and to taint. */
function planFor(runtime: 'docker' | 'containerd'): string {
  const plan = parse(labPlan({ runtime, hosts: 3 }));
  const node01 = plan.hosts.find(({ name }: { name: string }) => name === 'node01');
  node01.labels = { disk: 'ssd', 'node-role.kubernetes.io/worker': '' };
  node01.taints = ['spot=yes:PreferNoSchedule'];
  return stringify(plan);
}

/**
 * Kills the agent (-9) two seconds after its long program of that name began, and says whether the program outlived it.
 */
async function killAgentDuring(host: string, unit: string): Promise<boolean> {
  const active = async () =>
    (await hostExec(host, ['systemctl', 'show', '-p', 'MainPID', '--value', unit])).stdout.trim();
  await until(async () => Number(await active()) > 0, { seconds: 240, every: 200, what: `${unit} on ${host} to run` });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await on(host, 'systemctl', 'kill', '--signal=KILL', 'muster-agent.service');
  return Number(await active()) > 0;
}

/** A file for each runtime: three hosts with nothing on them, until they are a cluster and one of them has rejoined. */
export function bringUpOn(runtime: 'docker' | 'containerd'): void {
  beforeAll(async () => {
    await freshLab({ hosts: names.length, say });
    await installCoordinator(await buildRelease(say), planFor(runtime));
  });

  it('run nothing of the script when the pin is wrong', async () => {
    const line = (await oneLiner('--workers')).replace(/sha256\/\/[A-Za-z0-9+/]{8}/, 'sha256//AAAAAAAA');
    const { exitCode, stderr } = await paste('node01', line);
    expect(exitCode).toBe(90);
    expect(stderr).toContain('pinned');
    expect((await hostExec('node01', ['ls', '/opt/muster', '/etc/muster-agent'])).exitCode).not.toBe(0);
  });

  it('become a Ready cluster in any order, the agent killed in the middle of kubeadm init and of a join', async () => {
    const order = shuffled([master, 'node01']);
    say(`order: ${order.join(', ')}`);
    const killed = Promise.all([
      killAgentDuring(master, 'muster-kubeadm-init.service'),
      killAgentDuring('node01', 'muster-kubeadm-join.service'),
    ]);
    await pasteEverywhere(order);
    expect(await killed).toEqual([true, true]);
    await until(async () => (await clusterStatus()).hosts.filter(({ phase }) => phase === 'ready').length === 2, {
      seconds: 240,
      what: 'master01 and node01 to be Ready',
    });
    const attempts = (await clusterStatus()).hosts.map(
      ({ steps }) => steps.find(({ id }) => id === 'kubeadm-init' || id === 'kubeadm-join')?.attempts,
    );
    expect(attempts[0], 'the init that outlived the agent was adopted, not run again').toBe(1);
    expect(attempts[1], 'the join that outlived the agent was adopted, not run again').toBe(1);
  });

  it('give a worker’s join credential no other node’s identity, and let the real host take its place', async () => {
    const { forMaster, forAnother } = await askForMastersIdentity('node02', await oneLiner('node02'));
    expect(forMaster).not.toContain('Approved');
    expect(forMaster).toContain('Denied');
    expect(forAnother).not.toContain('Approved');
    const { exitCode, stdout, stderr } = await paste('node02', await oneLiner('node02'));
    expect(exitCode, stdout + stderr).toBe(0);
    await waitUntilReady({ seconds: 240, show: false });
  });

  it('show up with the planned version, runtime, labels and taints', async () => {
    const nodes = JSON.parse(await kubectl('get', 'nodes', '-o', 'json')).items;
    expect(nodes).toHaveLength(3);
    for (const node of nodes) {
      const ready = node.status.conditions.find(({ type }: { type: string }) => type === 'Ready');
      expect(ready.status, node.metadata.name).toBe('True');
      expect(node.status.nodeInfo.kubeletVersion).toBe('v1.20.2');
      expect(node.status.nodeInfo.containerRuntimeVersion).toMatch(new RegExp(`^${runtime}://`));
    }
    const node01 = nodes.find((node: { metadata: { name: string } }) => node.metadata.name === 'node01');
    expect(node01.metadata.labels).toMatchObject({ disk: 'ssd', 'node-role.kubernetes.io/worker': '' });
    expect(node01.spec.taints).toContainEqual({ key: 'spot', value: 'yes', effect: 'PreferNoSchedule' });
  });

  it('carry pods that reach each other across nodes, and a service', async () => {
    for (const node of ['node01', 'node02']) {
      await kubectl(
        'run',
        `web-${node}`,
        '--image=192.168.0.1:5000/google_containers/lab-web:v1',
        '--labels=app=web',
        `--overrides={"spec":{"nodeName":"${node}"}}`,
      );
    }
    await kubectl('create', 'service', 'clusterip', 'web', '--tcp=80:8080');
    await kubectl('wait', '--for=condition=Ready', 'pod', '-l', 'app=web', '--timeout=120s');
    const ip = (await kubectl('get', 'pod', 'web-node02', '-o', 'jsonpath={.status.podIP}')).trim();
    const service = (await kubectl('get', 'service', 'web', '-o', 'jsonpath={.spec.clusterIP}')).trim();
    const fetch = (url: string) => kubectl('exec', 'web-node01', '--', 'wget', '-qO-', '-T', '5', url);
    await until(async () => (await fetch(`http://${ip}:8080/`)).includes('web-node02'), {
      seconds: 60,
      what: 'the other node’s pod to answer',
    });
    await until(async () => (await fetch(`http://${service}/`)).includes('web-'), {
      seconds: 60,
      what: 'the service to answer',
    });
  });

  it('no longer drop packets that are sent to services', async () => {
    for (const host of names) expect(await on(host, 'iptables', '-S', 'OUTPUT'), host).not.toContain('DROP');
  });

  it('are led by a coordinator that is not root and can read no Kubernetes credential', async () => {
    const pid = (
      await on(master, 'systemctl', 'show', '-p', 'MainPID', '--value', 'muster-coordinator.service')
    ).trim();
    expect((await on(master, 'stat', '-c', '%U', `/proc/${pid}`)).trim()).toBe('muster');
    const credentials = (
      await on(
        master,
        'find',
        '/etc/kubernetes',
        '/root/.kube',
        '/var/lib/kubelet/pki',
        '/var/lib/muster-agent',
        '-type',
        'f',
        '(',
        '-name',
        '*.conf',
        '-o',
        '-name',
        '*.key',
        '-o',
        '-name',
        '*.pem',
        '-o',
        '-name',
        'config',
        '-o',
        '-name',
        '*.json',
        ')',
      )
    )
      .trim()
      .split('\n');
    expect(credentials).toContain('/etc/kubernetes/admin.conf');
    expect(credentials).toContain('/etc/kubernetes/pki/ca.key');
    for (const file of credentials) {
      expect((await hostExec(master, ['runuser', '-u', 'muster', '--', 'cat', file])).exitCode, file).not.toBe(0);
    }
  });

  it('keep no join credential once the nodes are Ready, and approve nothing automatically', async () => {
    await until(
      async () => !(await kubectl('get', 'secrets', '-n', 'kube-system', '-o', 'name')).includes('bootstrap-token'),
      {
        seconds: 60,
        what: 'the join credentials to be deleted',
      },
    );
    const bindings = await kubectl('get', 'clusterrolebindings', '-o', 'name');
    expect(bindings).not.toContain('node-autoapprove-bootstrap');
  });

  it('come back after a power cut', async () => {
    await killHost('node02');
    await bootHost('node02');
    const { exitCode } = await hostExec('node02', ['systemctl', 'is-active', 'muster-agent.service']);
    expect(exitCode).toBe(0);
    await waitUntilReady({ seconds: 240, show: false });
  });

  it('join again automatically after a kubeadm reset, with their labels', async () => {
    const back = await endsNode(reset)('node01', Math.random);
    const since = Date.now();
    await until(back, { seconds: 240, every: 300, what: 'node01 to be Ready again' });
    say(`reset to Ready: ${((Date.now() - since) / 1000).toFixed(1)} s`);
    const labelled = async () => (await kubectl('get', 'nodes', '-l', 'disk=ssd', '-o', 'name')).includes('node01');
    await until(labelled, { seconds: 60, what: 'node01’s label' });
  });
}
