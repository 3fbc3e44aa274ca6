import { readFile } from 'node:fs/promises';
import type { JournalEntry } from '../../agent/loop/journal.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import { hostExec } from '../lab/hosts.ts';
import { kubectl, on } from '../lab/install.ts';
import { labPaths } from '../lab/layout.ts';

/** Observations for recovery tests, taken from the host or the cluster, not from muster. */

export interface NodeSeen {
  /** Changes when the Node was deleted and re-created. */
  uid: string;
  ready: boolean;
  labels: Record<string, string>;
}

/** Nodes by name. Throws if the API server does not answer. */
export async function nodesSeen(): Promise<Map<string, NodeSeen>> {
  const { items } = JSON.parse(await kubectl('get', 'nodes', '-o', 'json', '--request-timeout=5s'));
  return new Map(
    items.map((item: { metadata: { name: string; uid: string; labels: Record<string, string> }; status: Status }) => [
      item.metadata.name,
      {
        uid: item.metadata.uid,
        labels: item.metadata.labels,
        ready: item.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
      },
    ]),
  );
}
interface Status {
  conditions: { type: string; status: string }[];
}

export const bootIdOf = async (host: string) => (await on(host, 'cat', '/proc/sys/kernel/random/boot_id')).trim();

export const mainPidOf = async (host: string, unit: string) =>
  Number((await on(host, 'systemctl', 'show', '-p', 'MainPID', '--value', unit)).trim());

/** The host's journal of steps, read from its disk, so that it also works while the host is off. */
export async function journalOf(host: string): Promise<Partial<Record<StepId, JournalEntry>>> {
  return JSON.parse(await readFile(`${labPaths.hosts}/${host}/var/lib/muster-agent/journal.json`, 'utf8')).steps;
}

/** The agent's last log lines, for the error message of a failed recovery. */
export async function lastWords(host: string): Promise<string> {
  const { stdout } = await hostExec(host, ['journalctl', '-u', 'muster-agent', '-n', '15', '-o', 'cat', '--no-pager']);
  return stdout;
}
