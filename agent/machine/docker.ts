import type { HostView } from '../host/host.ts';
import { lastWords } from './program.ts';

/** Settings of the running daemon. Drivers in docker's spelling; '': none reported. */
export type DockerInfo =
  | { answers: true; cgroupDriver: string; storageDriver: string }
  /** `said`: the end of docker's output. */
  | { answers: false; said: string };

export async function dockerInfo(host: Pick<HostView, 'run'>, timeoutMs = 60_000): Promise<DockerInfo> {
  const args = ['info', '--format', '{{.CgroupDriver}} {{.Driver}}'];
  const result = await host.run('docker', args, { timeoutMs });
  if (result.exitCode !== 0) return { answers: false, said: lastWords(result) };
  const [cgroupDriver = '', storageDriver = ''] = result.stdout.trim().split(' ');
  return { answers: true, cgroupDriver, storageDriver };
}
