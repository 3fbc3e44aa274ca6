import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { chosenOffer } from '../../../shared/compatibility/runtime-version.ts';
import { bindPort } from '../../../shared/kubeadm/ports.ts';
import { plannedControlPlanes } from '../../../shared/plan/api-proxy.ts';
import type { Assignment } from '../../../shared/protocol/assignment.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import type { Host } from '../../host/host.ts';
import { authorities, outbound } from '../../machine/outbound.ts';
import { packagesOf, type Signed } from '../../machine/packages/index.ts';
import { nameserverFacts } from '../nameservers.ts';
import { type Attempt, ask, attemptOf, patience } from './attempt.ts';
import { reachCriDockerd, reachPackages, reachRuntime } from './package-source.ts';
import { reachRegistry } from './registry.ts';
import { reachUpstreams } from './upstreams.ts';

type Reached = NonNullable<Facts['reach']>;

/** How long a successful result is cached. */
const goodForMs = 10 * 60_000;

/** Probes the network targets of an assignment. `pauseTag`: as in the facts; default null. */
export type Reach = (assignment: Assignment, os: Facts['os'], pauseTag?: string | null) => Promise<Reached>;

/**
 * Probes everything in parallel. A fully successful result is cached for some minutes; failures and signatures that are
 * not accepted are probed every time.
 */
export function createReach(host: Host): Reach {
  let last: { key: string; at: number; found: Reached } | null = null;
  return async (assignment, os, pauseTag = null) => {
    const key = JSON.stringify([assignment.host.name, assignment.settings, assignment.cluster, pauseTag]);
    const now = host.now().getTime();
    if (last !== null && last.key === key && now - last.at < goodForMs) return last.found;
    const found = await tryAll(host, assignment, os, pauseTag);
    const attempts = Object.values(found)
      .flat()
      .filter((one): one is Attempt => typeof one === 'object' && one !== null && 'result' in one);
    last = attempts.every(({ result }) => result === 'ok') && isSigned(found) ? { key, at: now, found } : null;
    return found;
  };
}

/** Whether apt accepts all signatures: a key that has ended can be renewed at any time. */
const isSigned = ({ signed }: Reached) =>
  Object.values(signed ?? {}).every(
    ({ isKnown, refusal, expires }) => isKnown && refusal === null && (expires === null || expires.inDays >= 0),
  );

async function tryAll(host: Host, assignment: Assignment, os: Facts['os'], pauseTag: string | null): Promise<Reached> {
  const { settings, bootstrap } = assignment;
  const { manifest } = settings.network.plugin;
  const via = await outbound(host, settings);
  const ca = await host.readFile(authorities);
  const means = { via, now: host.now().getTime() };
  const packages = await packagesOf(host);
  const { nameservers, upstreamNameservers } = await nameserverFacts(host);
  const asked = [...new Set([...(nameservers ?? []), ...(upstreamNameservers ?? [])])];
  const [
    { criTools, signed: kubernetes, ...sources },
    runtime,
    registry,
    upstreams,
    pluginManifest,
    apiServer,
    endpointName,
  ] = await Promise.all([
    reachPackages(packages, settings, means),
    reachRuntime(packages, settings, os, means),
    reachRegistry(settings, { via, pauseTag, ...(ca ? { ca } : {}) }),
    reachUpstreams(host, settings, asked),
    bootstrap === 'init' && 'url' in manifest ? ask(manifest.url, { via }).then(attemptOf) : null,
    bootstrap === 'join' ? reachApiServer(assignment) : null,
    settings.endpoint.managed ? null : resolves(settings.endpoint.host),
  ]);
  const { versions, runtimeSource } = runtime;
  const offers = {
    ...(versions === null ? {} : { [settings.runtime.package]: versions }),
    ...(criTools === null ? {} : { 'cri-tools': criTools }),
  };
  const docker = chosenOffer(versions ?? [], settings.runtime.version);
  const criDockerd = await reachCriDockerd(settings, docker, via);
  const signed = signedFacts({ kubernetes, runtime: runtime.signed }, means.now);
  return {
    ...sources,
    signed,
    runtimeSource,
    criDockerd,
    offers,
    ...registry,
    ...upstreams,
    pluginManifest,
    apiServer,
    endpointName,
  };
}

function signedFacts(found: Readonly<Record<string, Signed | null>>, now: number): Reached['signed'] {
  const entries = Object.entries(found).flatMap(([purpose, signed]) => {
    if (signed === null) return [];
    const { expires } = signed;
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    const end = expires === null ? null : { day: day(expires), inDays: Math.floor((expires - now) / 86_400_000) };
    return [[purpose, { ...signed, expires: end }]];
  });
  return Object.fromEntries(entries);
}

/**
 * Uses the control planes' addresses, because the endpoint's name may not be in the hosts file yet; one that answers is
 * enough. null: no cluster to join yet.
 */
async function reachApiServer({ settings, cluster }: Assignment): Promise<Attempt | null> {
  if (cluster === null) return null;
  const urls = plannedControlPlanes(settings).map(({ address }) => `https://${address}:${bindPort(settings)}/version`);
  const answers = await Promise.all(urls.map((url) => ask(url, { ca: cluster.caPem, alsoFine: [401, 403] })));
  const best = answers.find(({ result }) => result === 'ok') ?? answers[0];
  return best === undefined ? null : attemptOf(best);
}

async function resolves(name: string): Promise<Attempt> {
  const started = performance.now();
  const { promise: late, resolve } = Promise.withResolvers<Attempt['result']>();
  const timer = setTimeout(() => resolve('unknown'), patience);
  const found = lookup(name).then(
    () => 'ok' as const,
    ({ code }: NodeJS.ErrnoException) => (code === 'ENOTFOUND' ? ('no-such-name' as const) : ('unknown' as const)),
  );
  const result = isIP(name) > 0 ? 'ok' : await Promise.race([found, late]).finally(() => clearTimeout(timer));
  return { result, target: name, detail: '', ms: Math.round(performance.now() - started) };
}
