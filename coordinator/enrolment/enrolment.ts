import { MusterError } from '../../shared/errors/errors.ts';
import { hostAt, hostNamed } from '../../shared/plan/lookup.ts';
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
 * Enrols a host; requires a transaction. Idempotent for the same token and credential, so that a lost response does not
 * lock a host out. Throws MusterError with status 401 (unknown token), 410 (expired, used), 403 (not planned, wrong
 * address), 409 (name or credential taken), 422 (clock, operating system) and then has changed nothing.
 */
export function enrol({ store, plan, now }: EnrolContext, { token, request, remote }: Applicant): EnrolResponse {
  const { credentialSha256 } = request;
  const tokenSha256 = sha256(token);
  const found = store.tokens.get(tokenSha256);
  if (found === undefined) {
    throw new MusterError('token-unknown');
  }
  const [before] = store.tokens.enrolledWith(tokenSha256, credentialSha256);
  if (before !== undefined && store.hosts.named(credentialSha256) === before) {
    refuseRetired(store, before);
    return answer(plan, plannedHost(plan, before));
  }
  if (found.expiresAt <= now.getTime()) {
    throw new MusterError('token-expired', { at: iso(found.expiresAt), target: found.host ?? '--workers' });
  }
  const host =
    found.host === null ? workerOf(plan, remote, request.addresses) : boundHost(plan, found.host, request.addresses);
  refuseRetired(store, host.name);
  refuseTaken(store, found, host, store.tokens.hasEnrolled(tokenSha256, host.name));
  refuseForeignCredential(store, host, credentialSha256);
  refuseUnfit(request, now);
  admit(store, { host: host.name, tokenSha256, request, remote, at: now.getTime() });
  return answer(plan, host);
}

interface Admitted {
  host: string;
  tokenSha256: string;
  request: EnrolRequest;
  remote: string;
  at: number;
}

function admit(store: Store, { host, tokenSha256, request, remote, at }: Admitted): void {
  const { credentialSha256, agentVersion, bootId, machineId } = request;
  const isReplaced = store.hosts.get(host) !== undefined;
  store.hosts.enrol({ name: host, credentialSha256, now: at, agentVersion, bootId, machineId });
  store.tokens.use(tokenSha256, { host, credentialSha256 }, at);
  // Known from the start, so that the first request of this boot writes nothing.
  store.machines.put(host, { bootId, machineId, address: remote, firstSeenAt: at, lastSeenAt: at, state: 'known' });
  const message = isReplaced
    ? { en: `new machine enrolled from ${remote}`, zh: `新机器已接入，来自 ${remote}` }
    : { en: `enrolled from ${remote}`, zh: `已接入，来自 ${remote}` };
  store.events.add(at, isReplaced ? 'host-replaced' : 'host-enrolled', host, message);
  // In the same transaction: another one would cost a further sync of the disk for each host. A repeated request is not
  // recorded, because its token would fill the log.
  store.audit.add(at, { actor: 'anyone', remote, action: 'enrolHost', subject: host, status: 200, outcome: 'ok' });
}

function answer(plan: Plan, host: PlannedHost): EnrolResponse {
  return { host: host.name, role: host.role, cluster: plan.settings.name };
}

function plannedHost(plan: Plan, name: string): PlannedHost {
  const host = hostNamed(plan, name);
  if (host !== undefined) return host;
  throw new MusterError('host-not-planned', { host: name });
}

function boundHost(plan: Plan, name: string, addresses: readonly string[]): PlannedHost {
  const host = plannedHost(plan, name);
  if (addresses.includes(host.address)) return host;
  const seen = addresses.length === 0 ? { en: 'no address', zh: '无地址' } : [...addresses];
  throw new MusterError('wrong-address', { host: name, planned: host.address, seen });
}

/**
 * The planned worker with the client's address; behind NAT, whose address is nobody's, the only one that has one of the
 * addresses that the machine reports. The token enrols each name once, so that no enrolled host can be displaced.
 */
function workerOf(plan: Plan, remote: string, addresses: readonly string[]): PlannedHost {
  const host = hostAt(plan, remote);
  if (host?.role === 'worker') return host;
  const claimed = addresses.flatMap((address) => hostAt(plan, address) ?? []);
  const [behindNat, ...others] = claimed;
  if (host === undefined && behindNat?.role === 'worker' && others.length === 0) return behindNat;
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
