import { hostExec, killHost } from '../../lab/hosts.ts';

const identity = '/var/lib/kubelet/pki/kubelet-client-current.pem';

/** Reads the host's own Node through its own endpoint again and again; prints milliseconds and the HTTP status of each. */
const watching = (host: string, seconds: number) => `
end=$((SECONDS + ${seconds}))
while [ $SECONDS -lt $end ]; do
  began=$(date +%s%3N)
  status=$(curl -sk -m 2 -o /dev/null -w '%{http_code}' --cert ${identity} --key ${identity} \
    https://lab.muster.internal:6443/api/v1/nodes/${host})
  echo "$began $status"
  sleep 0.2
done`;

/** When the last read failed, in milliseconds since the epoch; 0: none did. */
async function lastFailure(host: string, seconds: number): Promise<number> {
  const { stdout } = await hostExec(host, ['bash', '-c', watching(host, seconds)]);
  const reads = stdout.trim().split('\n');
  return Math.max(0, ...reads.filter((read) => !read.endsWith(' 200')).map(Number.parseFloat));
}

/**
 * Powers a host off and returns, for each of the others, how many seconds later its last read of the API through its
 * own endpoint failed.
 */
export async function outageWithout(off: string, others: readonly string[]): Promise<Map<string, number>> {
  const watches = others.map((host) => lastFailure(host, 20));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const since = Date.now();
  await killHost(off);
  const failures = await Promise.all(watches);
  return new Map(others.map((host, index) => [host, Math.max(0, ((failures[index] ?? 0) - since) / 1000)]));
}
