import { beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { deployPods, podsAnswer } from '../../faults/pods.ts';
import { pasteEverywhere, pasteOnMasterFirst, preparedLab, waitUntilReady } from '../../lab/bring-up.ts';
import { gatewayExec, hostExec, type Setup } from '../../lab/hosts.ts';
import { clusterStatus, installCoordinator, kubectl, master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { buildRelease } from '../../lab/release.ts';
import { until } from '../support/until.ts';

const say = (line: string) => process.stdout.write(`  ${line}\n`);
const worker = 'node01';
const hosts = [master, worker];
const addresses = ['192.168.0.130', '192.168.0.131'] as const;
const [masterAddress, workerAddress] = addresses;
/** Neither is the default. */
const apiPort = 7643;
const nodePorts = '31000-31999';
const setups: Readonly<Record<string, Partial<Setup>>> = {
  [master]: { firewall: 'firewalld', networkManager: true },
  [worker]: { firewall: 'ufw' },
};

/** The lab's plan with another port of the API server and another range of NodePort Services. */
function plan(): string {
  const { kubernetes, ...rest } = parse(labPlan({ runtime: 'containerd', hosts: 2 }));
  const components = {
    ...kubernetes.components,
    clusterConfiguration: { apiServer: { extraArgs: { 'service-node-port-range': nodePorts } } },
  };
  const controlPlaneEndpoint = `lab.muster.internal:${apiPort}`;
  return stringify({ ...rest, kubernetes: { ...kubernetes, controlPlaneEndpoint, components } });
}

/** What the firewalls say of themselves: on master01 all zones, on node01 the files and the rules in force. */
const rulesOf = {
  firewalld: () => on(master, 'sh', '-c', 'firewall-cmd --list-all-zones; firewall-cmd --permanent --list-all-zones'),
  ufw: () => on(worker, 'sh', '-c', 'cat /etc/ufw/before.rules /etc/ufw/user.rules; iptables -S | grep ufw'),
};

const isActive = async (host: string, unit: string) =>
  (await hostExec(host, ['systemctl', 'is-active', unit])).stdout.trim() === 'active';

/** How a connection to a port of the host ends: where nothing listens, a port that the firewall opens refuses it. */
async function connect(to: string, port: number): Promise<'answered' | 'refused' | 'filtered'> {
  // curl does not tell a port that is refused from one that firewalld rejects.
  const attempt = ['timeout', '2', 'bash', '-c', `exec 3<>/dev/tcp/${to}/${port}`];
  const { exitCode, stdout, stderr } = await gatewayExec(attempt);
  if (exitCode === 0) return 'answered';
  return /Connection refused/.test(stdout + stderr) ? 'refused' : 'filtered';
}

/** How connections to this port of both hosts end. */
const connectBoth = (port: number) => Promise.all(addresses.map((address) => connect(address, port)));

/** The ports that the firewalls open to any address. */
async function openPorts(): Promise<{ firewalld: string[]; ufw: string[] }> {
  const zone = await on(master, 'firewall-cmd', '--list-ports');
  const rules = await on(worker, 'iptables', '-S', 'ufw-before-input');
  const ofMuster = rules.matchAll(/^-A ufw-before-input -p (\w+) -m \w+ --dport ([\d:]+) -j ACCEPT$/gm);
  return {
    // firewall-cmd adds advice on the zone to its answer.
    firewalld: (zone.match(/\b\d+(?:-\d+)?\/\w+/g) ?? []).sort(),
    ufw: [...ofMuster].map(([, protocol, ports]) => `${ports?.replace(':', '-')}/${protocol}`).sort(),
  };
}

async function nodePortAnswers(): Promise<boolean> {
  const port = await kubectl('get', 'service', 'answers', '-o', 'jsonpath={.spec.ports[0].nodePort}');
  const answers = await Promise.all(
    addresses.map((address) => gatewayExec(['curl', '-sf', '-m', '3', `http://${address}:${port}/`])),
  );
  return answers.every(({ exitCode }) => exitCode === 0);
}

/** Pods answer across hosts, the API server reaches the kubelets, and clients outside reach the node ports. */
async function allReached(): Promise<void> {
  await podsAnswer(hosts);
  const logs = async () => {
    for (const host of hosts) {
      const [pod = ''] = (
        await kubectl('get', 'pods', '-l', 'app=answers', '-o', 'name', `--field-selector=spec.nodeName=${host}`)
      ).split('\n');
      await kubectl('logs', pod);
    }
    return true;
  };
  await until(logs, { seconds: 60, what: 'the kubelets to answer the API server' });
  await until(nodePortAnswers, { seconds: 60, what: 'the node port to answer on both hosts' });
}

describe('hosts with firewalld and NetworkManager, and with ufw', () => {
  const before = { firewalld: '', ufw: '' };

  beforeAll(async () => {
    await preparedLab({ hosts: 2, runtime: 'containerd', say, setup: (name) => setups[name] ?? {} });
    before.firewalld = await rulesOf.firewalld();
    before.ufw = await rulesOf.ufw();
    await installCoordinator(await buildRelease(say), plan());
  });

  it('refuse what comes in', async () => {
    for (const port of [apiPort, 30_999, 31_998]) expect(await connectBoth(port)).toEqual(['filtered', 'filtered']);
  });

  it('become a Ready cluster with their firewalls active', async () => {
    await pasteOnMasterFirst(worker);
    await pasteEverywhere([worker]);
    await waitUntilReady({ seconds: 300, show: false });
    expect(await isActive(master, 'firewalld')).toBe(true);
    expect(await on(worker, 'ufw', 'status')).toContain('Status: active');
    expect(await connectBoth(8443), 'a port that the cluster does not need').toEqual(['filtered', 'filtered']);
  });

  it('open the planned port of the API server and the planned node ports, and not the defaults', async () => {
    expect(await connect(masterAddress, apiPort)).toBe('answered');
    expect(await connect(workerAddress, apiPort)).toBe('filtered');
    expect(await connectBoth(31_998)).toEqual(['refused', 'refused']);
    for (const port of [6443, 30_999, 32_000]) expect(await connectBoth(port)).toEqual(['filtered', 'filtered']);
    expect(await openPorts()).toEqual({
      firewalld: [`${nodePorts}/tcp`, `${nodePorts}/udp`, `${apiPort}/tcp`],
      ufw: [`${nodePorts}/tcp`, `${nodePorts}/udp`],
    });
  });

  it('have kubeconfigs with the planned port', async () => {
    for (const [host, file] of [
      [master, '/etc/kubernetes/admin.conf'],
      [master, '/etc/kubernetes/scheduler.conf'],
      [worker, '/etc/kubernetes/kubelet.conf'],
    ] as const) {
      expect(await on(host, 'grep', 'server:', file), `${file} on ${host}`).toMatch(new RegExp(`:${apiPort}$`, 'm'));
    }
  });

  it('carry pods that reach each other, and reach pods from outside', async () => {
    await deployPods();
    await kubectl('create', 'service', 'nodeport', 'answers', '--tcp=8080:8080');
    await allReached();
  });

  it('keep running after a reload of their firewalls', async () => {
    await on(master, 'firewall-cmd', '--reload');
    await on(worker, 'ufw', 'reload');
    await allReached();
  });

  it('leave the pods’ interfaces to the network plugin', async () => {
    const devices = (await on(master, 'nmcli', '-t', '-f', 'DEVICE,STATE', 'device')).split('\n');
    const ofPods = devices.filter((line) => /^(cni|veth)/.test(line));
    expect(ofPods.length).toBeGreaterThan(0);
    expect(ofPods.filter((line) => !line.endsWith(':unmanaged'))).toEqual([]);
  });

  it('follow the API server’s range when an operator changes it, and close the former one', async () => {
    const other = '32000-32099';
    const record = ['-n', 'kube-system', 'configmap', 'kubeadm-config'];
    const text = await kubectl('get', ...record, '-o', 'jsonpath={.data.ClusterConfiguration}');
    const data = { ClusterConfiguration: text.replace(nodePorts, other) };
    await kubectl('patch', ...record, '--type=merge', '-p', JSON.stringify({ data }));
    const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
    const edit = `sed 's/${nodePorts}/${other}/' ${manifest} > /root/manifest && cp /root/manifest ${manifest}`;
    await on(master, 'sh', '-c', edit);
    // ufw accepts everything for a moment while it reloads.
    const haveMoved = async () => {
      const [now, before] = [await connectBoth(32_050), await connectBoth(31_998)];
      return now.every((end) => end === 'refused') && before.every((end) => end === 'filtered');
    };
    await until(haveMoved, { seconds: 120, what: 'the firewalls to open the new range and close the former one' });
    const { settingNotes = [] } = await clusterStatus();
    expect(settingNotes.map(({ field }) => field)).toContain('settings.network.nodePorts');
  });

  it('have their own rules again after an uninstall', async () => {
    await on(worker, 'muster-agent', 'uninstall', '--yes');
    await on(master, 'muster-agent', 'uninstall', '--yes', '--give-up-cluster');
    expect(await rulesOf.ufw()).toBe(before.ufw);
    expect(await rulesOf.firewalld()).toBe(before.firewalld);
  });
});
