import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import { reasonOf } from '../../shared/errors/reason.ts';
import { assign } from '../../shared/plan/assign.ts';
import type { ReadFile } from '../../shared/plan/files.ts';
import { formatProblems, parsePlan } from '../../shared/plan/parse.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Host } from '../host/host.ts';
import { currentHostName } from '../machine/host-name.ts';

/**
 * This host's assignment from a plan file, found by address or else by name, as the coordinator would assign it before
 * a cluster exists. Uses no network. Throws MusterError `plan-unreadable`, `plan-invalid` or `host-unknown`.
 */
export async function plannedHere(host: Host, path: string): Promise<Assignment> {
  const plan = readPlan(path);
  const addresses = Object.values(networkInterfaces()).flatMap((entries) =>
    (entries ?? []).map(({ address }) => address),
  );
  const name = await currentHostName(host);
  const here =
    plan.hosts.find(({ address }) => addresses.includes(address)) ?? plan.hosts.find((one) => one.name === name);
  const assigned = here === undefined ? null : assign(plan, here.name);
  if (assigned === null) {
    throw new MusterError('host-unknown', {
      host: name,
      known: plan.hosts.map((one) => `${one.name} (${one.address})`),
    });
  }
  return assigned;
}

function readPlan(path: string): Plan {
  const readFile: ReadFile = (name, encoding = 'utf8') => readFileSync(resolve(dirname(path), name), encoding);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MusterError('plan-unreadable', { path, reason: reasonOf(cause) }, { cause });
  }
  const { plan, problems } = parsePlan(text, { readFile });
  if (plan !== null) return plan;
  throw new MusterError('plan-invalid', { path, problems: formatProblems(basename(path), problems) });
}
