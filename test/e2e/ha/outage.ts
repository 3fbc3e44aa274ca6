import { hostExec, killHost } from '../../lab/hosts.ts';
import { masters } from './cluster.ts';

const identity = '/var/lib/kubelet/pki/kubelet-client-current.pem';
/** Seconds for which hosts are watched. */
const watched = 20;

/**
 * Repeats a command for so many seconds; prints when each try began, in milliseconds since the epoch, and whether it
 * succeeded.
 */
const repeat = (command: string, seconds: number) => `
end=$((SECONDS + ${seconds}))
while [ $SECONDS -lt $end ]; do
  began=$(date +%s%3N)
  if ${command} > /dev/null 2>&1; then echo "$began ok"; else echo "$began failed"; fi
  sleep 0.2
done`;

/** Reads the host's own Node through its own endpoint. */
const readNode = (host: string) =>
  `curl -skf -m 2 --cert ${identity} --key ${identity} https://lab.muster.internal:6443/api/v1/nodes/${host}`;

/** Asks muster on a master: an active coordinator answers. */
const askMuster = 'timeout 3 muster status --json';

/** When the last try on the host began that failed, in milliseconds since the epoch; 0: none did. */
async function lastFailure(host: string, command: string): Promise<number> {
  const { stdout } = await hostExec(host, ['bash', '-c', repeat(command, watched)]);
  const tries = stdout.trim().split('\n');
  return Math.max(0, ...tries.filter((line) => !line.endsWith(' ok')).map(Number.parseFloat));
}

/**
 * Powers a host off and returns, for each of the others, how many seconds later its last read of the API through its
 * own endpoint failed (`api`), and for each of the other masters the last question to muster (`muster`).
 */
export async function outageWithout(off: string, others: readonly string[]) {
  const asked = others.filter((host) => masters.includes(host));
  const api = others.map((host) => lastFailure(host, readNode(host)));
  const muster = asked.map((host) => lastFailure(host, askMuster));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const since = Date.now();
  await killHost(off);
  const seconds = (failure: number) => Math.max(0, (failure - since) / 1000);
  const after = async (hosts: readonly string[], failures: Promise<number>[]) => {
    const found = await Promise.all(failures);
    return new Map(hosts.map((host, index) => [host, seconds(found[index] ?? 0)]));
  };
  return { api: await after(others, api), muster: await after(asked, muster) };
}
