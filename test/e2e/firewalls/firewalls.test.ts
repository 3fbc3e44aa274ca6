import { beforeAll, describe, expect, it } from 'vitest';
import { deployPods, podsAnswer } from '../../faults/pods.ts';
import { pasteEverywhere, pasteOnMasterFirst, preparedLab, waitUntilReady } from '../../lab/bring-up.ts';
import { gatewayExec, hostExec, type Setup } from '../../lab/hosts.ts';
import { installCoordinator, kubectl, master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { buildRelease } from '../../lab/release.ts';
import { until } from '../support/until.ts';

const say = (line: string) => process.stdout.write(`  ${line}\n`);
const worker = 'node01';
const hosts = [master, worker];
const setups: Readonly<Record<string, Partial<Setup>>> = {
  [master]: { firewall: 'firewalld', networkManager: true },
  [worker]: { firewall: 'ufw' },
};

/** What the firewalls say of themselves: on master01 all zones, on node01 the files and the rules in force. */
const rulesOf = {
  firewalld: () => on(master, 'sh', '-c', 'firewall-cmd --list-all-zones; firewall-cmd --permanent --list-all-zones'),
  ufw: () => on(worker, 'sh', '-c', 'cat /etc/ufw/before.rules /etc/ufw/user.rules; iptables -S | grep ufw'),
};

const isActive = async (host: string, unit: string) =>
  (await hostExec(host, ['systemctl', 'is-active', unit])).stdout.trim() === 'active';

/** How a connection to a port of the host, on which nothing listens, ends. */
async function connect(to: string, port: number): Promise<'refused' | 'filtered'> {
  const { stdout, stderr } = await gatewayExec(['curl', '-sS', '-m', '2', `http://${to}:${port}/`]);
  return /refused/i.test(stdout + stderr) ? 'refused' : 'filtered';
}

async function nodePortAnswers(): Promise<boolean> {
  const port = await kubectl('get', 'service', 'answers', '-o', 'jsonpath={.spec.ports[0].nodePort}');
  const answers = await Promise.all(
    ['192.168.0.130', '192.168.0.131'].map((address) =>
      gatewayExec(['curl', '-sf', '-m', '3', `http://${address}:${port}/`]),
    ),
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
    await installCoordinator(await buildRelease(say), labPlan({ runtime: 'containerd', hosts: 2 }));
  });

  it('refuse what comes in', async () => {
    expect(await connect('192.168.0.130', 30_999)).toBe('filtered');
    expect(await connect('192.168.0.131', 30_999)).toBe('filtered');
  });

  it('become a Ready cluster with their firewalls active', async () => {
    await pasteOnMasterFirst(worker);
    await pasteEverywhere([worker]);
    await waitUntilReady({ seconds: 300, show: false });
    expect(await isActive(master, 'firewalld')).toBe(true);
    expect(await on(worker, 'ufw', 'status')).toContain('Status: active');
    expect(await connect('192.168.0.130', 8443), 'a port that the cluster does not need').toBe('filtered');
    expect(await connect('192.168.0.131', 8443), 'a port that the cluster does not need').toBe('filtered');
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

  it('have their own rules again after an uninstall', async () => {
    await on(worker, 'muster-agent', 'uninstall', '--yes');
    await on(master, 'muster-agent', 'uninstall', '--yes', '--give-up-cluster');
    expect(await rulesOf.ufw()).toBe(before.ufw);
    expect(await rulesOf.firewalld()).toBe(before.firewalld);
  });
});
