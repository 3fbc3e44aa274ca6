import { MusterError } from '../../shared/errors/errors.ts';
import type { Plan, PlannedHost } from '../../shared/plan/schema.ts';
import type { EnrolRequest, EnrolResponse } from '../../shared/protocol/enrolment.ts';
import { sha256 } from '../store/secrets.ts';
import type { Store } from '../store/store.ts';
import type { TokenRow } from '../store/tokens.ts';
import { unsupported } from './supported.ts';

/** Far below the skew at which Kubernetes' certificates and leases fail; NTP keeps clocks within a second. */
const clockToleranceMs = 30_000;

export interface EnrolContext {
  store: Store;
  plan: Plan;
  now: Date;
}

export interface Applicant {
  token: string;
  request: EnrolRequest;
  /** The client's address, IPv4 in dotted form. */
  remote: string;
}

/**
 * Enrols a host. Idempotent for the same token and credential, so that a lost response does not lock a host out. Throws
 * MusterError with status 401 (unknown token), 410 (expired, used), 403 (not planned, wrong address), 409 (name or
 * credential taken), 422 (clock, operating system) and then changes nothing.
 */
export function enrol({ store, plan, now }: EnrolContext, { token, request, remote }: Applicant): EnrolResponse {
  const { credentialSha256 } = request;
  const tokenSha256 = sha256(token);
  return store.transaction(() => {
    const found = store.tokens.get(tokenSha256);
    if (found === undefined) {
      throw new MusterError('token-unknown');
    }
    const uses = store.tokens.uses(tokenSha256);
    const before = uses.find((use) => use.credentialSha256 === credentialSha256);
    if (before !== undefined && store.hosts.named(credentialSha256) === before.host) {
      refuseRetired(store, before.host);
      return answer(plan, plannedHost(plan, before.host));
    }
    if (found.expiresAt <= now.getTime()) {
      throw new MusterError('token-expired', { at: iso(found.expiresAt), target: found.host ?? '--workers' });
    }
    const host = found.host === null ? workerAt(plan, remote) : boundHost(plan, found.host, request.addresses);
    refuseRetired(store, host.name);
    refuseTaken(
      store,
      found,
      host,
      uses.some((use) => use.host === host.name),
    );
    refuseForeignCredential(store, host, credentialSha256);
    refuseUnfit(request, now);

    const replaced = store.hosts.get(host.name) !== undefined;
    store.hosts.enrol({ name: host.name, credentialSha256, now: now.getTime(), ...about(request) });
    store.tokens.use(tokenSha256, { host: host.name, credentialSha256 }, now.getTime());
    const message = replaced
      ? { en: `new machine enrolled from ${remote}`, zh: `新机器已接入，来自 ${remote}` }
      : { en: `enrolled from ${remote}`, zh: `已接入，来自 ${remote}` };
    store.events.add(now.getTime(), replaced ? 'host-replaced' : 'host-enrolled', host.name, message);
    return answer(plan, host);
  });
}

function answer(plan: Plan, host: PlannedHost): EnrolResponse {
  return { host: host.name, role: host.role, cluster: plan.settings.name };
}

function about({ agentVersion, bootId, machineId }: EnrolRequest) {
  return { agentVersion, bootId, machineId };
}

function plannedHost(plan: Plan, name: string): PlannedHost {
  const host = plan.hosts.find((planned) => planned.name === name);
  if (host !== undefined) return host;
  throw new MusterError('host-not-planned', { host: name });
}

function boundHost(plan: Plan, name: string, addresses: readonly string[]): PlannedHost {
  const host = plannedHost(plan, name);
  if (addresses.includes(host.address)) return host;
  const seen = addresses.length === 0 ? { en: 'no address', zh: '无地址' } : [...addresses];
  throw new MusterError('wrong-address', { host: name, planned: host.address, seen });
}

function workerAt(plan: Plan, remote: string): PlannedHost {
  const host = plan.hosts.find(({ address }) => address === remote);
  if (host?.role === 'worker') return host;
  if (host !== undefined) {
    const seen = { en: `the control plane ${host.name}`, zh: `控制平面 ${host.name}` };
    throw new MusterError('not-a-worker', { address: remote, seen, fix: `sudo muster token create ${host.name}` });
  }
  const fix = {
    en: `add a worker with the address ${remote} to the plan`,
    zh: `请在计划中添加地址为 ${remote} 的工作节点`,
  };
  throw new MusterError('not-a-worker', {
    address: remote,
    seen: { en: 'not in the plan', zh: '不在计划中的地址' },
    fix,
  });
}

function refuseTaken(store: Store, token: TokenRow, host: PlannedHost, used: boolean): void {
  if (token.host !== null && used) throw new MusterError('token-used', { host: host.name });
  if (token.host === null && (used || store.hosts.get(host.name) !== undefined)) {
    throw new MusterError('name-taken', { host: host.name });
  }
}

function refuseRetired(store: Store, host: string): void {
  const kind = store.intents.get(host)?.kind;
  if (kind !== 'retired' && kind !== 'leaving') return;
  throw new MusterError('host-retired', { host });
}

function refuseForeignCredential(store: Store, host: PlannedHost, credentialSha256: string): void {
  const owner = store.hosts.named(credentialSha256);
  if (owner === undefined || owner === host.name) return;
  throw new MusterError('credential-taken', { owner });
}

function refuseUnfit({ now: theirs, os, arch }: EnrolRequest, now: Date): void {
  const ahead = Date.parse(theirs) - now.getTime();
  if (Math.abs(ahead) > clockToleranceMs) {
    const seconds = Math.round(Math.abs(ahead) / 1000);
    const by =
      ahead > 0
        ? { en: `${seconds} s ahead of`, zh: `快 ${seconds} 秒` }
        : { en: `${seconds} s behind`, zh: `慢 ${seconds} 秒` };
    throw new MusterError('clock-off', { by, now: iso(now.getTime()).slice(0, 19) });
  }
  const seen = unsupported(os, arch);
  if (seen !== null) throw new MusterError('unsupported', { seen });
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
