import type { Host } from '../host/host.ts';
import type { CheckResult } from './step.ts';

/** A kubeadm process running on this host. */
interface RunningKubeadm {
  /** Such as `kubeadm reset`. */
  command: string;
  pid: number;
  /** Runs in one of muster's transient units. */
  own: boolean;
}

export async function runningKubeadm(host: Host): Promise<RunningKubeadm[]> {
  const { exitCode, stdout } = await host.run('pgrep', ['--exact', '--list-full', 'kubeadm']);
  if (exitCode !== 0) return [];
  const lines = stdout.split('\n').flatMap((line) => {
    const [, pid, command = ''] = /^(\d+) (.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), command: `kubeadm ${command.split(' ')[1] ?? ''}`.trim() }];
  });
  return Promise.all(
    lines.map(async (line) => ({ ...line, own: /\/muster-/.test((await cgroupOf(host, line.pid)) ?? '') })),
  );
}

/** null: the process has ended. */
async function cgroupOf(host: Host, pid: number): Promise<string | null> {
  return host.readFile(`/proc/${pid}/cgroup`).catch(() => null);
}

/** Waits while a person runs kubeadm, so that the node is not changed meanwhile. null: nobody does. */
export async function personAtWork(host: Host): Promise<Extract<CheckResult, { state: 'waiting' }> | null> {
  const person = (await runningKubeadm(host)).find(({ own }) => !own);
  if (person === undefined) return null;
  const { command, pid } = person;
  const message = {
    en: `waiting for \`${command}\` (process ${pid}), started manually on this host`,
    zh: `等待在该主机上手动运行的 \`${command}\`（进程 ${pid}）结束`,
  };
  return { state: 'waiting', message };
}
