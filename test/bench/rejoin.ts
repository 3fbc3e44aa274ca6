import { until } from '../e2e/support/until.ts';
import { nodesSeen } from '../faults/observe.ts';
import { reset } from '../faults/worker.ts';
import { clusterStatus, kubectl, on } from '../lab/install.ts';
import { median } from './median.ts';
import { joinCommand, master, stopwatch } from './scripted/commands.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const worker = 'node02';
/** kubeadm's default binding, which muster deletes: without it, nothing approves a manual join. */
const approval = [
  'clusterrolebinding',
  'kubeadm:node-autoapprove-bootstrap',
  '--clusterrole=system:certificates.k8s.io:certificatesigningrequests:nodeclient',
  '--group=system:bootstrappers:kubeadm:default-node-token',
] as const;

/** Polls from the control plane in the same way for both methods. */
async function untilReadyAnew(uid: string | undefined): Promise<void> {
  const isBack = async () => {
    const node = (await nodesSeen()).get(worker);
    return node?.ready === true && node.uid !== uid;
  };
  await until(isBack, { seconds: 240, every: 100, what: `${worker} to be Ready again` });
}

/** Seconds from the end of a reset to Ready again. */
async function rejoin(afterReset: () => Promise<void>): Promise<number> {
  const uid = (await nodesSeen()).get(worker)?.uid;
  await reset(worker);
  const seconds = stopwatch();
  await afterReset();
  await untilReadyAnew(uid);
  return seconds();
}

const settled = () =>
  until(async () => (await clusterStatus()).hosts.every(({ phase }) => phase === 'ready'), {
    seconds: 240,
    what: 'all hosts to be Ready before a run',
  });

/** An operator who has all commands at hand and types without a pause. */
async function byHand(): Promise<void> {
  // As `kubeadm reset` advises: otherwise no pod starts on the new Node, which has another pod CIDR.
  await on(worker, 'sh', '-c', 'rm -rf /etc/cni/net.d/*; ip link delete cni0 2>/dev/null || true');
  await kubectl('delete', 'node', worker);
  const join = joinCommand(await on(master, 'kubeadm', 'token', 'create', '--print-join-command'));
  await on(worker, ...join, '--cri-socket', '/run/containerd/containerd.sock');
}

async function withoutMuster<T>(work: () => Promise<T>): Promise<T> {
  const hosts = [master, worker];
  await Promise.all(hosts.map((host) => on(host, 'systemctl', 'stop', 'muster-agent')));
  await kubectl('create', ...approval);
  try {
    return await work();
  } finally {
    await kubectl('delete', approval[0], approval[1]);
    await Promise.all(hosts.map((host) => on(host, 'systemctl', 'start', 'muster-agent')));
  }
}

/**
 * Alternates manual rejoins and muster's, from the end of `kubeadm reset` on a worker to Ready. Needs a running lab on
 * containerd.
 */
export async function benchRejoin(runs: number): Promise<void> {
  const seconds = { hand: [] as number[], muster: [] as number[] };
  for (let run = 1; run <= runs; run++) {
    await settled();
    seconds.muster.push(await rejoin(async () => {}));
    await settled();
    seconds.hand.push(await withoutMuster(() => rejoin(byHand)));
    say(
      `run ${run} of ${runs}: muster ${seconds.muster.at(-1)?.toFixed(1)} s, by hand ${seconds.hand.at(-1)?.toFixed(1)} s`,
    );
  }
  const [own, hand] = [median(seconds.muster), median(seconds.hand)];
  say(
    `medians of ${runs}: muster ${own.toFixed(1)} s, by hand ${hand.toFixed(1)} s: ${(own / hand).toFixed(2)} times (goal: at most 1.2)`,
  );
}
