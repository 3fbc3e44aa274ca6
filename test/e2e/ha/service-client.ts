import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayExec } from '../../lab/hosts.ts';

export interface ServiceClient {
  /**
   * Ends the calls and returns the longest time without a successful one, in seconds, and how many calls there were.
   */
  stop(): Promise<{ calls: number; longestGap: number }>;
}

/**
 * Prints the milliseconds since the epoch and the HTTP status of each call, ten times a second while the file exists.
 */
const calling = (url: string, whileExists: string) => `
while [ -e ${whileExists} ]; do
  status=$(curl -s -m 1 -o /dev/null -w '%{http_code}' ${url})
  echo "$(date +%s%3N) $status"
  sleep 0.1
done`;

/** Calls a URL of the lab's network every 100 ms from the gateway, as a client outside the cluster does. */
export async function callEvery100ms(url: string): Promise<ServiceClient> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-client-'));
  const file = join(folder, 'running');
  await writeFile(file, '');
  const running = gatewayExec(['bash', '-c', calling(url, file)]);
  return {
    async stop() {
      await rm(folder, { recursive: true });
      const calls = (await running).stdout.trim().split('\n');
      const times = calls.filter((call) => call.endsWith(' 200')).map(Number.parseFloat);
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
      return { calls: calls.length, longestGap: Math.max(...gaps) / 1000 };
    },
  };
}
