import { hostExec } from '../../lab/hosts.ts';
import { on } from '../../lab/install.ts';
import { imageRepository, kubernetesVersion } from '../../lab/layout.ts';
import { joinCommand, master, type Phases, type Runtime, script, socketOf, stopwatch, workers } from './commands.ts';

const image = (name: string) => `${imageRepository}/${name}`;
const everywhere = [`kube-proxy:v${kubernetesVersion}`, 'pause:3.2', 'lab-cni:v1'].map(image);
const controlPlane = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) =>
  image(`${name}:v${kubernetesVersion}`),
);
const ofMaster = [...everywhere, ...controlPlane, image('etcd:3.4.13-0'), image('coredns:1.7.0')];

/** Prepares a host and pulls its images; the kubelet does not look for AWS credentials. */
export async function prepare(host: string, runtime: Runtime): Promise<void> {
  await hostExec(host, ['tee', '/etc/default/kubelet'], { input: 'AWS_EC2_METADATA_DISABLED=true\n' });
  await script(host, 'prepare', host, runtime);
  await script(host, 'pull', runtime, ...(host.startsWith('master') ? ofMaster : everywhere));
}

/**
 * The same commands with maximum parallelism on three new hosts, without checks and reports: hosts are prepared at the
 * same time, init starts once master01 is prepared, the workers join together with the command that init prints, and
 * the network plugin is applied meanwhile.
 */
export async function parallelScript({ runtime }: { runtime: Runtime }): Promise<Phases> {
  const seconds = stopwatch();
  const socket = socketOf(runtime);
  const marks = { prepared: 0, initialised: 0, joined: 0 };

  const preparing = workers.map(async (host) => {
    await prepare(host, runtime);
    marks.prepared = Math.max(marks.prepared, seconds());
  });
  const initialising = (async () => {
    await prepare(master, runtime);
    marks.prepared = Math.max(marks.prepared, seconds());
    await script(master, 'init', socket);
    marks.initialised = seconds();
    return joinCommand(await on(master, 'cat', '/root/init.log'));
  })();
  const joining = preparing.map(async (prepared, index) => {
    const [join] = await Promise.all([initialising, prepared]);
    await on(workers[index] ?? '', ...join, '--cri-socket', socket);
    marks.joined = Math.max(marks.joined, seconds());
  });
  await Promise.all([...joining, initialising.then(() => script(master, 'plugin'))]);
  await script(master, 'wait-ready', String(1 + workers.length));
  return { ...marks, ready: seconds() };
}
