import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { partTitles } from '../../../shared/actions/parts.ts';
import type { HostStatus } from '../../../shared/protocol/status.ts';
import { hostExec } from '../../lab/hosts.ts';
import { clusterStatus, kubectl, master, on, oneLiner, paste } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { readyCluster } from '../support/cluster.ts';
import { preparedHost } from '../support/induced.ts';
import { until } from '../support/until.ts';

const plan = labPlan({ runtime: 'containerd', hosts: 3 });
const image = '192.168.0.1:5000/google_containers/lab-web:v1';
const kubeletConf = '/etc/kubernetes/kubelet.conf';
const credential = '/var/lib/muster-agent/credential.json';

const hostNow = async (name: string): Promise<HostStatus> => {
  const found = (await clusterStatus()).hosts.find((host) => host.name === name);
  if (found === undefined) throw new Error(`no host ${name}`);
  return found;
};
const phase = async (name: string) => (await hostNow(name)).phase;
const isReady = (name: string, seconds = 180) =>
  until(async () => (await phase(name)) === 'ready', { seconds, what: `${name} to be Ready` });
const nodeNames = async () => (await kubectl('get', 'nodes', '-o', 'name')).trim().split('\n');
const muster = (...args: string[]) => hostExec(master, ['muster', ...args]);

/** Prints how long something took, for those who read the log. */
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = Date.now();
  const result = await work();
  process.stdout.write(`  ${what}: ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
  return result;
}

beforeAll(() => readyCluster(plan));
afterAll(async () => {
  for (const name of ['node01', 'node02']) await isReady(name);
});

describe('a paused host', () => {
  it('is not changed, even after a manual reset, and joins again once it is resumed', async () => {
    await on(master, 'muster', 'pause', 'node01', '--reason', 'a person works there');
    await until(async () => (await phase('node01')) === 'paused', { seconds: 30, what: 'node01 to be paused' });
    await on('node01', 'kubeadm', 'reset', '-f');
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    expect((await hostExec('node01', ['test', '-e', kubeletConf])).exitCode).toBe(1);
    // A calm agent looks at its node each 30 s.
    await until(async () => (await hostNow('node01')).node === null, { seconds: 60, what: 'the node to be seen gone' });
    expect(await phase('node01')).toBe('paused');
    await timed('resumed to Ready', async () => {
      await on(master, 'muster', 'resume', 'node01');
      await isReady('node01');
    });
  });
});

describe('muster retire', () => {
  it('respects a disruption budget and names it, then removes the host', async () => {
    const overrides = { spec: { nodeName: 'node02', terminationGracePeriodSeconds: 1 } };
    await kubectl('run', 'kept', `--image=${image}`, '--labels=app=kept', `--overrides=${JSON.stringify(overrides)}`);
    await kubectl('create', 'poddisruptionbudget', 'kept', '--selector=app=kept', '--min-available=1');
    await kubectl('wait', '--for=condition=Ready', 'pod/kept', '--timeout=60s');
    const saved = await on('node02', 'cat', credential);

    const retiring = muster('retire', 'node02', '--yes');
    const blocked = async () => /\bkept\b/.test((await hostNow('node02')).summary.en);
    await until(blocked, { seconds: 60, what: 'the disruption budget to be named' });
    expect(await phase('node02')).toBe('leaving');
    expect(await nodeNames()).toContain('node/node02');
    await kubectl('delete', 'poddisruptionbudget', 'kept');
    const { exitCode, stdout, stderr } = await timed('freed to retired', () => retiring);
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/\d of \d .*default\/kept/);
    process.stdout.write(stdout.replace(/^/gm, '    '));
    expect(await nodeNames()).not.toContain('node/node02');
    expect(await phase('node02')).toBe('retired');
    await until(async () => (await hostExec('node02', ['test', '-e', '/opt/muster/agent'])).exitCode !== 0, {
      seconds: 120,
      what: 'the agent to be gone',
    }).catch(async ({ message }) => {
      const words = await on('node02', 'journalctl', '-u', 'uninstall-muster-agent', '-n', '30', '-o', 'cat');
      throw new Error(`${message}; its uninstall said: ${words}`);
    });
    expect((await hostExec('node02', ['test', '-e', kubeletConf])).exitCode).toBe(1);

    // Somebody puts the agent back, with the credential that it had.
    expect((await muster('token', 'create', 'node02')).stderr).toContain('retired');
    await on('node02', 'mkdir', '-p', '-m', '0700', '/var/lib/muster-agent');
    await hostExec('node02', ['tee', credential], { input: saved });
    await on('node02', 'chmod', '600', credential);
    const again = await paste('node02', await oneLiner('--workers'));
    expect(again.exitCode).not.toBe(0);
    expect(again.stdout + again.stderr).toContain('retired');
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(await nodeNames()).not.toContain('node/node02');
  });

  it('accepts the host again once it is readmitted', async () => {
    await on('node02', 'rm', '-f', credential);
    const line = (await on(master, 'muster', 'readmit', 'node02')).trim();
    await timed('readmitted to Ready', async () => {
      const { exitCode, stdout, stderr } = await paste('node02', line);
      expect(exitCode, stdout + stderr).toBe(0);
      await isReady('node02', 240);
    });
  });
});

describe('muster reset', () => {
  it('resets the host, which joins again', async () => {
    const { exitCode, stdout, stderr } = await timed('reset to Ready', () => muster('reset', 'node01', '--yes'));
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stdout).toContain(`✓ ${partTitles.join.en}`);
  });
});

describe('muster replace', () => {
  it('lets a machine with an empty disk become the host', async () => {
    const line = (await on(master, 'muster', 'replace', 'node02', '--yes')).trim();
    expect(await phase('node02')).not.toBe('ready');
    await preparedHost('node02');
    await timed('pasted on an empty disk to Ready', async () => {
      expect((await paste('node02', line)).exitCode).toBe(0);
      await isReady('node02', 300);
    });
  });
});

describe('a plan without a host', () => {
  it('leaves the host as it is until it is back in the plan', async () => {
    const without = parse(plan);
    without.hosts = without.hosts.filter(({ name }: { name: string }) => name !== 'node02');
    await hostExec(master, ['tee', '/root/smaller.yaml'], { input: stringify(without) });
    expect((await muster('plan', 'apply', '/root/smaller.yaml')).exitCode).toBe(64);
    const { stderr } = await muster('plan', 'apply', '/root/smaller.yaml', '--yes');
    expect(stderr).toContain('muster retire node02');
    await until(async () => (await phase('node02')) === 'unplanned', { seconds: 30, what: 'node02 to be unplanned' });
    expect(await nodeNames()).toContain('node/node02');
    await on(master, 'muster', 'plan', 'apply', '/root/cluster.yaml', '--yes');
    await isReady('node02');
  });
});

describe('two machines with one credential', () => {
  it('are both named and get nothing until one is picked', async () => {
    const own = await on('node02', 'cat', credential);
    await on('node02', 'systemctl', 'stop', 'muster-agent');
    await hostExec('node02', ['tee', credential], { input: await on('node01', 'cat', credential) });
    await timed('second machine started to both named', async () => {
      await on('node02', 'systemctl', 'start', 'muster-agent');
      await until(async () => (await phase('node01')) === 'cloned', { seconds: 150, what: 'the double to be seen' });
    });
    const { machines = [] } = await hostNow('node01');
    expect(machines.map(({ address }) => address).sort()).toEqual(['192.168.0.131', '192.168.0.132']);
    const real = machines.find(({ address }) => address === '192.168.0.131');
    await on(master, 'muster', 'pick', 'node01', '--boot', real?.bootId ?? '', '--yes');
    await isReady('node01');
    const { stdout } = await hostExec('node02', ['journalctl', '-u', 'muster-agent', '-n', '50', '-o', 'cat']);
    expect(stdout).toMatch(/"code":"machine-out"/);
    await on('node02', 'systemctl', 'stop', 'muster-agent');
    await hostExec('node02', ['tee', credential], { input: own });
    await on('node02', 'systemctl', 'start', 'muster-agent');
  });
});
