import { readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { certificate } from '../agent/kube/der.ts';
import { until } from '../e2e/support.ts';
import { bootHost, hostExec, killHost } from '../lab/hosts.ts';
import { kubectl, on } from '../lab/install.ts';
import { labPaths } from '../lab/layout.ts';
import type { Fault } from './fault.ts';
import { cutNetwork, cutPort } from './network.ts';
import { bootIdOf, journalOf, mainPidOf, nodesSeen } from './observe.ts';

const kubeletConf = '/etc/kubernetes/kubelet.conf';
const certificateLink = '/var/lib/kubelet/pki/kubelet-client-current.pem';
const disk = (host: string, file: string) => `${labPaths.hosts}/${host}${file}`;

/** Back as a Node that is not the one of before. */
async function asNewNode(host: string): Promise<() => Promise<boolean>> {
  const before = (await nodesSeen()).get(host)?.uid;
  return async () => {
    const now = (await nodesSeen()).get(host);
    return now?.ready === true && now.uid !== before;
  };
}

const isReady = async (host: string) => (await nodesSeen()).get(host)?.ready === true;

export const reset = (host: string) => on(host, 'kubeadm', 'reset', '-f');

/** A file system of the kubelet's that is full of mounts can't be removed before they are gone. */
const removeAll = (host: string) => on(host, 'rm', '-rf', '/etc/kubernetes', '/var/lib/kubelet');

/** Resets, and waits until the agent has begun to join again. */
async function resetAndSeeItJoin(host: string): Promise<void> {
  const before = (await journalOf(host))['kubeadm-join']?.attempts ?? 0;
  await reset(host);
  const isJoining = async () => ((await journalOf(host))['kubeadm-join']?.attempts ?? 0) > before;
  await until(isJoining, { seconds: 60, every: 50, what: `${host} to begin to join` });
}

/** Has the host end everything in order, and waits until it is off. */
async function shutDown(host: string): Promise<void> {
  await hostExec(host, ['systemctl', 'poweroff']);
  const isOff = () =>
    hostExec(host, ['true']).then(
      () => false,
      () => true,
    );
  await until(isOff, { seconds: 150, every: 200, what: `${host} to be off` });
}

/** Puts a certificate that has expired in the place of the kubelet's own. */
async function expireCertificate(host: string): Promise<void> {
  const { certPem, keyPem } = certificate(
    [
      ['O', 'system:nodes'],
      ['CN', `system:node:${host}`],
    ],
    new Date('2020-01-01T00:00:00Z'),
  );
  const target = await readlink(disk(host, certificateLink));
  await writeFile(disk(host, path.join(path.dirname(certificateLink), path.basename(target))), certPem + keyPem);
}

export const workerFaults: readonly Fault[] = [
  {
    id: 'reset',
    to: 'worker',
    weight: 6,
    async inflict(host) {
      const back = await asNewNode(host);
      await reset(host);
      return back;
    },
  },
  {
    id: 'reset, all folders deleted',
    to: 'worker',
    weight: 3,
    async inflict(host) {
      const back = await asNewNode(host);
      await reset(host);
      await removeAll(host);
      return back;
    },
  },
  {
    id: 'reset, left-overs of a failed join',
    to: 'worker',
    weight: 2,
    async inflict(host) {
      const back = await asNewNode(host);
      await reset(host);
      await on(host, 'mkdir', '-p', '/etc/kubernetes/pki', '/var/lib/cni/networks/lab');
      await on(host, 'touch', '/etc/kubernetes/pki/ca.crt', '/var/lib/cni/networks/lab/10.244.9.9');
      return back;
    },
  },
  {
    id: '/etc/kubernetes deleted under a running kubelet',
    to: 'worker',
    weight: 3,
    async inflict(host) {
      const back = await asNewNode(host);
      await on(host, 'rm', '-rf', '/etc/kubernetes');
      return back;
    },
  },
  {
    id: 'kubelet.conf damaged',
    to: 'worker',
    weight: 3,
    async inflict(host) {
      const back = await asNewNode(host);
      await on(host, 'truncate', '--size=100', kubeletConf);
      return back;
    },
  },
  {
    id: 'client certificate expired',
    to: 'worker',
    weight: 3,
    async inflict(host) {
      const back = await asNewNode(host);
      await expireCertificate(host);
      return back;
    },
  },
  {
    id: 'Node deleted',
    to: 'worker',
    weight: 2,
    async inflict(host) {
      const back = await asNewNode(host);
      await kubectl('delete', 'node', host);
      return back;
    },
  },
  {
    id: 'agent killed',
    to: 'worker',
    weight: 3,
    async inflict(host) {
      const before = await mainPidOf(host, 'muster-agent.service');
      await on(host, 'systemctl', 'kill', '--signal=KILL', 'muster-agent.service');
      return async () => ![0, before].includes(await mainPidOf(host, 'muster-agent.service')) && isReady(host);
    },
  },
  {
    id: 'kubelet stopped and disabled',
    to: 'worker',
    weight: 1,
    async inflict(host) {
      await on(host, 'systemctl', 'disable', '--now', 'kubelet');
      return async () => (await hostExec(host, ['systemctl', 'is-active', 'kubelet'])).exitCode === 0 && isReady(host);
    },
  },
  {
    id: 'reset, runtime purged',
    to: 'worker',
    weight: 1,
    async inflict(host) {
      const back = await asNewNode(host);
      await reset(host);
      await on(host, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'purge', '-y', '-q', 'containerd', 'runc');
      return back;
    },
  },
  {
    id: 'agent killed in the middle of a join',
    to: 'worker',
    weight: 3,
    async inflict(host, random) {
      const back = await asNewNode(host);
      await resetAndSeeItJoin(host);
      await sleep(random() * 6000);
      await on(host, 'systemctl', 'kill', '--signal=KILL', 'muster-agent.service');
      return back;
    },
  },
  {
    id: 'reboot',
    to: 'worker',
    weight: 1,
    async inflict(host) {
      const before = await bootIdOf(host);
      await shutDown(host);
      await bootHost(host);
      return async () => (await bootIdOf(host)) !== before && isReady(host);
    },
  },
  {
    id: 'power cut',
    to: 'worker',
    weight: 2,
    async inflict(host) {
      const before = await bootIdOf(host);
      await killHost(host);
      await bootHost(host);
      return async () => (await bootIdOf(host)) !== before && isReady(host);
    },
  },
  {
    id: 'power cut in the middle of a join',
    to: 'worker',
    weight: 3,
    async inflict(host, random) {
      const back = await asNewNode(host);
      await resetAndSeeItJoin(host);
      await sleep(random() * 6000);
      await killHost(host);
      await bootHost(host);
      return back;
    },
  },
  {
    id: 'cable out for 10 to 20 s',
    to: 'worker',
    weight: 2,
    async inflict(host, random) {
      await cutNetwork(host, 10 + random() * 10);
      return () => isReady(host);
    },
  },
  {
    id: 'no way to the coordinator in the middle of a join, 10 s',
    to: 'worker',
    weight: 2,
    async inflict(host, random) {
      const back = await asNewNode(host);
      await resetAndSeeItJoin(host);
      await sleep(random() * 2000);
      await cutPort(host, 7443, 10);
      return back;
    },
  },
  {
    id: 'no way to the API server in the middle of a join, 10 s',
    to: 'worker',
    weight: 2,
    async inflict(host, random) {
      const back = await asNewNode(host);
      await resetAndSeeItJoin(host);
      await sleep(random() * 3000);
      await cutPort(host, 6443, 10);
      return back;
    },
  },
];
