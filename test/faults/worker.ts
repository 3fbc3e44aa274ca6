import { readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { certificate } from '../agent/kube/der.ts';
import { until } from '../e2e/support/until.ts';
import { bootHost, hostExec, killHost } from '../lab/hosts.ts';
import { kubectl, on } from '../lab/install.ts';
import { labPaths } from '../lab/layout.ts';
import type { Fault } from './fault.ts';
import { cutNetwork, cutPort } from './network.ts';
import { bootIdOf, journalOf, mainPidOf, nodesSeen } from './observe.ts';

/** muster holds the runtime's packages. */
const purge = ['apt-get', 'purge', '-y', '-q', '--allow-change-held-packages'];
const kubeletConf = '/etc/kubernetes/kubelet.conf';
const certificateLink = '/var/lib/kubelet/pki/kubelet-client-current.pem';
const disk = (host: string, file: string) => `${labPaths.hosts}/${host}${file}`;

type Work = (host: string, random: () => number) => Promise<unknown>;

/** A fault that ends the host's Node. Recovered when another Node of that name is Ready. */
export function endsNode(work: Work): Fault['inflict'] {
  return async (host, random) => {
    const before = (await nodesSeen()).get(host)?.uid;
    await work(host, random);
    return async () => {
      const now = (await nodesSeen()).get(host);
      return now?.ready === true && now.uid !== before;
    };
  };
}

/** A fault that powers the host off. Recovered when it is running again and its Node is Ready. */
function powersOff(work: Work): Fault['inflict'] {
  return async (host, random) => {
    const before = await bootIdOf(host);
    await work(host, random);
    await bootHost(host);
    return async () => (await bootIdOf(host)) !== before && isReady(host);
  };
}

const isReady = async (host: string) => (await nodesSeen()).get(host)?.ready === true;

export const reset = (host: string) => on(host, 'kubeadm', 'reset', '-f');

/** Mounts in the kubelet's folder must be gone before it can be removed. */
const removeAll = (host: string) => on(host, 'rm', '-rf', '/etc/kubernetes', '/var/lib/kubelet');

/** Resets the host, waits until the agent starts to rejoin, and then `ms` longer. */
async function resetAndSeeItJoin(host: string, ms: number): Promise<void> {
  const before = (await journalOf(host))['kubeadm-join']?.attempts ?? 0;
  await reset(host);
  const isJoining = async () => ((await journalOf(host))['kubeadm-join']?.attempts ?? 0) > before;
  await until(isJoining, { seconds: 60, every: 50, what: `${host} to begin to join` });
  await sleep(ms);
}

/** Shuts the host down cleanly and waits until it is off. */
async function shutDown(host: string): Promise<void> {
  await hostExec(host, ['systemctl', 'poweroff']);
  const isAway = () =>
    hostExec(host, ['true']).then(
      () => false,
      () => true,
    );
  // Seen twice: a single command can fail while the host is still shutting down.
  const isOff = async () => (await isAway()) && sleep(1000).then(isAway);
  await until(isOff, { seconds: 150, every: 200, what: `${host} to be off` });
}

/** Replaces the kubelet's certificate with an expired one. */
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
    inflict: endsNode(reset),
  },
  {
    id: 'reset, all folders deleted',
    to: 'worker',
    weight: 3,
    inflict: endsNode(async (host) => {
      await reset(host);
      await removeAll(host);
    }),
  },
  {
    id: 'reset, left-overs of a failed join',
    to: 'worker',
    weight: 2,
    inflict: endsNode(async (host) => {
      await reset(host);
      await on(host, 'mkdir', '-p', '/etc/kubernetes/pki', '/var/lib/cni/networks/lab');
      await on(host, 'touch', '/etc/kubernetes/pki/ca.crt', '/var/lib/cni/networks/lab/10.244.9.9');
    }),
  },
  {
    id: '/etc/kubernetes deleted under a running kubelet',
    to: 'worker',
    weight: 3,
    inflict: endsNode((host) => on(host, 'rm', '-rf', '/etc/kubernetes')),
  },
  {
    id: 'kubelet.conf damaged',
    to: 'worker',
    weight: 3,
    inflict: endsNode((host) => on(host, 'truncate', '--size=100', kubeletConf)),
  },
  {
    id: 'client certificate expired',
    to: 'worker',
    weight: 3,
    inflict: endsNode(expireCertificate),
  },
  {
    id: 'Node deleted',
    to: 'worker',
    weight: 2,
    inflict: endsNode((host) => kubectl('delete', 'node', host)),
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
    inflict: endsNode(async (host) => {
      await reset(host);
      await on(host, 'env', 'DEBIAN_FRONTEND=noninteractive', ...purge, 'containerd', 'runc');
    }),
  },
  {
    id: 'agent killed in the middle of a join',
    to: 'worker',
    weight: 3,
    inflict: endsNode(async (host, random) => {
      await resetAndSeeItJoin(host, random() * 6000);
      await on(host, 'systemctl', 'kill', '--signal=KILL', 'muster-agent.service');
    }),
  },
  {
    id: 'reboot',
    to: 'worker',
    weight: 1,
    inflict: powersOff(shutDown),
  },
  {
    id: 'power cut',
    to: 'worker',
    weight: 2,
    inflict: powersOff(killHost),
  },
  {
    id: 'power cut in the middle of a join',
    to: 'worker',
    weight: 3,
    inflict: endsNode(async (host, random) => {
      await resetAndSeeItJoin(host, random() * 6000);
      await killHost(host);
      await bootHost(host);
    }),
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
    inflict: endsNode(async (host, random) => {
      await resetAndSeeItJoin(host, random() * 2000);
      await cutPort(host, 7443, 10);
    }),
  },
  {
    id: 'no way to the API server in the middle of a join, 10 s',
    to: 'worker',
    weight: 2,
    inflict: endsNode(async (host, random) => {
      await resetAndSeeItJoin(host, random() * 3000);
      await cutPort(host, 6443, 10);
    }),
  },
];
