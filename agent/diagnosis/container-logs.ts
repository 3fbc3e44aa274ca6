import { shortened } from '../../shared/diagnosis/line.ts';
import { isNamespaceOfNode } from '../../shared/diagnosis/pods.ts';
import { createRedactor } from '../../shared/redact.ts';
import type { HostView } from '../host/host.ts';

/** As the kubelet names a container that keeps exiting. */
const failing =
  /restarting failed container=([a-z0-9-]{1,63}) pod=([a-z0-9][a-z0-9.-]{0,252})_([a-z0-9-]{1,63})\(([\w-]{1,64})\)/;
const mostContainers = 4;
/** The run that ended last, and the one before if a new one has begun. */
const runs = 2;
const linesOfRun = 20;

/** The last lines of the node's own containers that the kubelet's journal says keep exiting, redacted. Read-only. */
export async function failingContainerLogs(host: HostView, kubelet: readonly string[]): Promise<string[]> {
  const folders = new Set(kubelet.map(folderOf).filter((folder) => folder !== null));
  const redact = createRedactor();
  const lines: string[] = [];
  for (const folder of [...folders].slice(-mostContainers)) {
    const numbers = (await host.list(folder)).flatMap((name) => /^(\d{1,9})\.log$/.exec(name)?.[1] ?? []).map(Number);
    for (const number of numbers.toSorted((a, b) => a - b).slice(-runs)) {
      const { exitCode, stdout } = await host.run('tail', ['-n', String(linesOfRun), '--', `${folder}/${number}.log`]);
      if (exitCode === 0) lines.push(...stdout.split('\n').map(printed));
    }
  }
  return lines.filter((line) => line !== '').map((line) => redact(shortened(line)));
}

function folderOf(line: string): string | null {
  const [, container, pod, namespace, uid] = failing.exec(shortened(line)) ?? [];
  if (container === undefined || namespace === undefined || !isNamespaceOfNode(namespace)) return null;
  return `/var/log/pods/${namespace}_${pod}_${uid}/${container}`;
}

/** What the container printed, without the wrapping of containerd or docker. */
function printed(line: string): string {
  const [, text] = /^\S{20,40} std(?:out|err) [FP] (.*)$/.exec(line) ?? [];
  if (text !== undefined) return text;
  try {
    return String(JSON.parse(line).log ?? line).trimEnd();
  } catch {
    return line;
  }
}
