import { beforeAll, describe, expect, it } from 'vitest';
import { waitUntilReady } from '../../lab/bring-up.ts';
import { bootHost, hostExec, killHost } from '../../lab/hosts.ts';
import { clusterStatus, kubectl, master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { copyKeptBy, restore } from '../support/backup.ts';
import { hostNames, readyCluster, workers } from '../support/cluster.ts';
import { until } from '../support/until.ts';

const plan = labPlan({ runtime: 'containerd', hosts: hostNames.length });
const say = (line: string) => process.stdout.write(`  ${line}\n`);
const since = (start: number) => ((Date.now() - start) / 1000).toFixed(1);
const shell = (host: string, script: string) => on(host, 'sh', '-c', script);

const kubelets = () =>
  Promise.all(
    workers.map((name) => on(name, 'systemctl', 'show', '-p', 'ExecMainStartTimestampMonotonic,MainPID', 'kubelet')),
  );
const credentials = () =>
  Promise.all(hostNames.map((name) => on(name, 'sha256sum', '/var/lib/muster-agent/credential.json')));
const notices = async () => ((await clusterStatus()).notices ?? []).map(({ code }) => code);
const answers = () =>
  until(async () => (await notices()) !== undefined, { seconds: 60, what: 'the coordinator to answer' });
const nodesReady = async () => {
  const lines = (await kubectl('get', 'nodes', '--no-headers')).trim().split('\n');
  return lines.length === hostNames.length && lines.every((line) => / Ready /.test(line));
};
const allNodesReady = () => until(nodesReady, { seconds: 120, what: 'the cluster itself to say that all is Ready' });
/** Every agent has been heard of by the coordinator that runs now. */
const allHeard = () =>
  until(
    async () => (await clusterStatus()).hosts.every(({ secondsSinceContact }) => (secondsSinceContact ?? 99) < 20),
    {
      seconds: 90,
      what: 'every agent to be heard of',
    },
  );

beforeAll(async () => {
  await readyCluster(plan);
});

describe('a Ready cluster', () => {
  it('does not notice that its coordinator is killed, again and again', async () => {
    const [running, known] = [await kubelets(), await credentials()];
    for (let time = 0; time < 5; time += 1) {
      await on(master, 'systemctl', 'kill', '--signal=KILL', 'muster-coordinator.service');
      expect(await nodesReady()).toBe(true);
      await answers();
    }
    await allHeard();
    await waitUntilReady({ seconds: 180, show: false });
    expect(await kubelets()).toEqual(running);
    expect(await credentials()).toEqual(known);
  });

  it('continues when the coordinator’s machine loses its power', async () => {
    const running = await kubelets();
    await killHost(master);
    const start = Date.now();
    await bootHost(master);
    await answers();
    await allNodesReady();
    await waitUntilReady({ seconds: 240, show: false });
    say(`the coordinator’s machine, powered off and on: all Ready again after ${since(start)} s`);
    expect(await kubelets()).toEqual(running);
  });

  it('is safe from a database of yesterday: what was made since is not trusted until an operator says so', async () => {
    const running = await kubelets();
    const state = '/var/lib/muster';
    await shell(
      master,
      `systemctl stop muster-coordinator && rm -rf /root/yesterday && cp -a ${state} /root/yesterday && systemctl start muster-coordinator`,
    );
    await answers();
    const seen = () => on('node01', 'cat', '/var/lib/muster-agent/revision').catch(() => '');
    const old = await seen();
    await on(master, 'muster', 'token', 'create', 'node02');
    await on('node01', 'systemctl', 'restart', 'muster-agent.service');
    await until(async () => (await seen()) !== old, { seconds: 60, what: 'node01 to have seen the new revision' });
    await shell(
      master,
      `systemctl stop muster-coordinator && rm -rf ${state} && cp -a /root/yesterday ${state} && systemctl start muster-coordinator`,
    );
    const start = Date.now();
    await until(async () => (await notices()).includes('coordinator-restored'), {
      seconds: 90,
      what: 'the fence to go up',
    });
    say(`a database of yesterday: fenced ${since(start)} s after its start`);
    const refused = await hostExec(master, ['muster', 'token', 'create', 'node02']);
    expect(refused).toMatchObject({ exitCode: 75, stderr: expect.stringContaining('muster recover --restored') });
    await allNodesReady();

    const { stderr } = await hostExec(master, ['muster', 'recover', '--restored', '--yes']);
    expect(stderr).toContain('node01');
    await until(async () => (await notices()).length === 0, { seconds: 30, what: 'the fence to go down' });
    await allHeard();
    await waitUntilReady({ seconds: 180, show: false });
    expect(await kubelets()).toEqual(running);
  });

  it('gets its coordinator back from the copy that a worker keeps, which opens to the recovery key alone', async () => {
    const [running, known] = [await kubelets(), await credentials()];
    const asked = Date.now();
    const copy = await copyKeptBy('node01');
    say(`a copy on node01 after ${since(asked)} s`);
    expect(copy.sealed.includes('PRIVATE KEY')).toBe(false);

    await shell(master, 'systemctl stop muster-coordinator && rm -rf /var/lib/muster /etc/muster/cluster.yaml');
    const start = Date.now();
    await restore(copy);
    await allHeard();
    await waitUntilReady({ seconds: 180, show: false });
    say(
      `the coordinator’s state lost: restored from node01’s copy, with all agents back and no new token, after ${since(start)} s`,
    );
    expect(await credentials()).toEqual(known);
    expect(await kubelets()).toEqual(running);
    await on(master, 'cp', '/root/cluster.yaml', '/etc/muster/cluster.yaml');
  });

  it('replaces a host’s credential on request, and keeps the one in use where the disk can’t take another', async () => {
    const sum = () => on('node02', 'sha256sum', '/var/lib/muster-agent/credential.json');
    const state = '/var/lib/muster-agent';
    await shell(
      'node02',
      `systemctl stop muster-agent && cp -a ${state} /root/agent-state && mount -t tmpfs -o mode=0700,size=2m tmpfs ${state} &&
       cp -a /root/agent-state/*.json /root/agent-state/revision ${state}/ && (cat /dev/zero >${state}/filler || true) 2>/dev/null && systemctl start muster-agent`,
    );
    const before = await sum();
    await allHeard();
    await on(master, 'muster', 'rotate', 'node02');
    await until(
      async () => (await on('node02', 'journalctl', '-u', 'muster-agent', '-n', '50')).match(/disk.*full/i) !== null,
      {
        seconds: 60,
        what: 'the agent to say that its disk is full',
      },
    );
    expect(await sum()).toBe(before);
    expect((await clusterStatus()).hosts.find(({ name }) => name === 'node02')?.phase).toBe('ready');
    await on('node02', 'rm', `${state}/filler`);
    await until(async () => (await sum()) !== before, { seconds: 60, what: 'the credential to be replaced' });
    await shell(
      'node02',
      `systemctl stop muster-agent && cp -a ${state}/*.json ${state}/revision /root/agent-state/ && umount ${state} &&
       cp -a /root/agent-state/. ${state}/ && rm -rf /root/agent-state && systemctl start muster-agent`,
    );
    await allHeard();
    await waitUntilReady({ seconds: 180, show: false });
  });
});
