import { gt, valid } from 'semver';
import type { Plan, Role } from '../../shared/plan/schema.ts';
import type { Update } from '../../shared/protocol/release.ts';
import type { updateStates as names } from '../../shared/protocol/updates.ts';

export interface UpdateHost {
  name: string;
  role: Role;
  agentVersion: string;
  /** What its agent said last about its update. */
  update: Update | null;
  /** It has been heard of lately. */
  present: boolean;
}

/**
 * `current`: of the coordinator's version, or newer; `asked`: it is its turn; `waiting`: for those before it; `failed`: the agent before is
 * back, or the update was refused; `away`: not heard of, so it is left out until it is back; `off`: the plan says so.
 */
export type UpdateState = (typeof names)[number];

export interface UpdateInput {
  /** The version to go to; null: there is no release to give. */
  version: string | null;
  policy: Plan['agentUpdates'];
  hosts: readonly UpdateHost[];
}

/** At a time; what one coordinator serves without its hosts noticing. */
const most = 20;

/**
 * Who is to update its agent now. As many at a time as are on the new version already, and one at least, so that waves grow while all goes
 * well; workers go first. The first failure stops it for everybody until the operator says so, or a newer version is there.
 */
export function updateStates({ version, policy, hosts }: UpdateInput): Map<string, UpdateState> {
  const states = new Map<string, UpdateState>();
  const behind: UpdateHost[] = [];
  for (const host of hosts) {
    const isBehind = version !== null && valid(host.agentVersion) !== null && gt(version, host.agentVersion);
    if (isBehind) behind.push(host);
    else states.set(host.name, 'current');
  }
  const hasFailed = ({ update }: UpdateHost) => update?.state === 'failed' && update.version === version;
  const stopped = behind.some(hasFailed);
  const room = Math.min(most, Math.max(1, states.size));
  let asked = 0;
  for (const host of [...behind].sort(order)) {
    const isNext = !stopped && host.present && asked < room;
    if (policy === 'off') states.set(host.name, 'off');
    else if (hasFailed(host)) states.set(host.name, 'failed');
    else if (!host.present) states.set(host.name, 'away');
    else states.set(host.name, isNext ? 'asked' : 'waiting');
    if (isNext && policy === 'auto') asked += 1;
  }
  return states;
}

function order(a: UpdateHost, b: UpdateHost): number {
  return Number(a.role === 'control-plane') - Number(b.role === 'control-plane') || a.name.localeCompare(b.name);
}
