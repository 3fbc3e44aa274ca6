import { parse, stringify } from 'yaml';
import { hostExec } from '../../lab/hosts.ts';
import { master, on } from '../../lab/install.ts';
import { events } from './induced.ts';
import { until } from './until.ts';

const planFile = '/etc/muster/cluster.yaml';

/** What tests change in a plan; the rest stays as it is. */
export interface EditablePlan {
  recovery?: 'auto' | 'ask';
  backup?: { every: string; keep: number; copies: string[] };
  hosts: {
    name: string;
    address: string;
    role: 'control-plane' | 'worker';
    labels?: Record<string, string>;
    taints?: string[];
  }[];
}

const lastChange = async () => (await events()).findLast(({ kind }) => kind === 'plan-changed')?.seq ?? 0;

/**
 * Changes the plan of the running coordinator, as an operator with an editor does; it is in force then. Returns what
 * puts it back.
 */
export async function changePlan(change: (plan: EditablePlan) => void): Promise<() => Promise<void>> {
  const before = await on(master, 'cat', planFile);
  const plan = parse(before) as EditablePlan;
  change(plan);
  const write = async (text: string) => {
    const last = await lastChange();
    const { exitCode, stderr } = await hostExec(master, ['tee', planFile], { input: text });
    if (exitCode !== 0) throw new Error(`writing ${planFile} failed: ${stderr}`);
    await until(async () => (await lastChange()) > last, { seconds: 60, every: 300, what: 'the plan to be in force' });
  };
  await write(stringify(plan));
  return () => write(before);
}
