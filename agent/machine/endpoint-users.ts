import { hostFiles } from '../../shared/steps/content/files.ts';
import { holds } from '../changes/conditions.ts';
import { done, type Resource, todo } from '../changes/resource.ts';
import type { Host } from '../host/host.ts';
import { kubeletFolder } from './kubelet.ts';
import { output } from './program.ts';
import { changeUnit } from './unit.ts';

const pods = `${kubeletFolder}/pods`;
const waitMs = 60_000;

/**
 * The kubelet keeps its connection to an API server, and kube-proxy has the copy of /etc/hosts that was made when it
 * started. Both are restarted when the endpoint has another address.
 */
export const endpointUsers: Resource<'endpoint-users'> = {
  async look({ endpoint, criSocket, when }, host) {
    if (!(await holds(when, host)) || (await staleProxies(host, endpoint, criSocket)).length === 0) return done;
    return todo({
      en: `kube-proxy: has an earlier address of ${endpoint}`,
      zh: `kube-proxy：使用 ${endpoint} 的先前地址`,
    });
  },
  async set({ endpoint, criSocket }, { host, say }) {
    await changeUnit(host, 'try-restart', 'kubelet');
    const stale = await staleProxies(host, endpoint, criSocket);
    for (const { id } of stale) {
      const short = id.slice(0, 12);
      say({
        en: `stopping kube-proxy’s container ${short}; the kubelet starts a new one`,
        zh: `正在停止 kube-proxy 的容器 ${short}；kubelet 会启动新的容器`,
      });
      await output(host, ...stop(criSocket, id), { timeoutMs: waitMs });
    }
    const deadline = host.now().getTime() + waitMs;
    const isStopped = (uid: string) => stale.some((proxy) => proxy.uid === uid);
    while ((await stalePods(host, endpoint)).some(isStopped) && host.now().getTime() < deadline) await host.sleep(500);
  },
};

/** The kube-proxy containers that run with another address of the endpoint than this host has, and their pods. */
async function staleProxies(host: Host, endpoint: string, criSocket: string): Promise<{ id: string; uid: string }[]> {
  const found: { id: string; uid: string }[] = [];
  for (const uid of await stalePods(host, endpoint)) {
    for (const id of await kubeProxies(host, criSocket, uid)) found.push({ id, uid });
  }
  return found;
}

/** Also pods that ended: the kubelet keeps the folder of one whose volumes it could not unmount. */
async function stalePods(host: Host, endpoint: string): Promise<string[]> {
  const wanted = addressOf(endpoint, await host.readFile(hostFiles.hosts));
  const found: string[] = [];
  for (const uid of await host.list(pods)) {
    if (!(await host.exists(`${pods}/${uid}/containers/kube-proxy`))) continue;
    const copy = await host.readFile(`${pods}/${uid}/etc-hosts`);
    if (copy !== null && addressOf(endpoint, copy) !== wanted) found.push(uid);
  }
  return found;
}

/** The address of a name in a hosts file; undefined: none. */
function addressOf(name: string, hosts: string | null): string | undefined {
  const lines = (hosts ?? '').split('\n').map((line) => (line.split('#')[0] ?? '').trim().split(/\s+/));
  return lines.find(([, ...names]) => names.includes(name))?.[0];
}

const isDockershim = (criSocket: string) => criSocket.endsWith('dockershim.sock');
const crictl = (criSocket: string) => ['--runtime-endpoint', `unix://${criSocket.replace(/^unix:\/\//, '')}`];

const stop = (criSocket: string, id: string): [program: string, args: string[]] =>
  isDockershim(criSocket) ? ['docker', ['stop', id]] : ['crictl', [...crictl(criSocket), 'stop', id]];

/** Ids of the running kube-proxy containers of a pod. */
async function kubeProxies(host: Host, criSocket: string, uid: string): Promise<string[]> {
  const name = 'kube-proxy';
  const pod = `io.kubernetes.pod.uid=${uid}`;
  const [program, args] = isDockershim(criSocket)
    ? [
        'docker',
        ['ps', '--quiet', '--filter', `label=io.kubernetes.container.name=${name}`, '--filter', `label=${pod}`],
      ]
    : ['crictl', [...crictl(criSocket), 'ps', '--quiet', '--name', `^${name}$`, '--label', pod]];
  const { exitCode, stdout } = await host.run(program as string, args as string[]);
  return exitCode === 0 ? stdout.split('\n').filter((id) => id !== '') : [];
}
