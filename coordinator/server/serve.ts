import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../shared/logger.ts';
import { plannedCoordinators, servedAddresses } from '../../shared/plan/coordinators.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { version } from '../../shared/version.ts';
import { apiDocument } from '../api/http/document.ts';
import type { Coordinator, Parts } from '../api/parts.ts';
import { createPeers } from '../api/peers/peers.ts';
import { createArtefacts } from '../enrolment/artefacts.ts';
import { oneLiner, renderInstaller } from '../enrolment/installer.ts';
import { type Counted, createMetrics } from '../observing/metrics.ts';
import { createReadiness } from '../observing/readiness.ts';
import { rememberHosts } from '../plan/departed.ts';
import { openPlanFile, type PlanFile } from '../plan/plan-file.ts';
import { createPlanInForce } from '../plan/roles.ts';
import { readPlanKey } from '../plan/signature.ts';
import { fetchPlan, openReplica } from '../replica/open.ts';
import { kept } from '../store/kept.ts';
import { createNews } from '../store/news.ts';
import type { QuotaOptions } from '../store/quota.ts';
import { openStore } from '../store/store.ts';
import { sealKeys } from '../upkeep/keys.ts';
import { etcdView } from '../view/etcd.ts';
import { createPageAccess } from '../web/access.ts';
import { createPasswords } from '../web/passwords.ts';
import { createSessions } from '../web/sessions.ts';
import { endpoints } from './apps.ts';
import { parseListen } from './connections/listen.ts';
import { createCoordinator } from './coordinator.ts';
import { createFeeds } from './feeds.ts';
import { type Identity, openIdentity } from './identity.ts';
import { run } from './lifecycle.ts';
import { createListeners } from './listeners.ts';
import type { PageCertificate } from './page-listener.ts';
import { subscribe } from './subscriptions.ts';
import { createViews } from './views.ts';

export interface ServeOptions {
  /** The plan file. */
  plan: string;
  /** Folder of the CA, the server key and the database. */
  state: string;
  /** ADDRESS:PORT of HTTPS; port 0: any. */
  listen: string;
  /** The URL for agents. Default: the plan's coordinator address. */
  url?: string | undefined;
  /** Path of the operator's Unix socket. */
  socket: string;
  /** Separate listener for the status page with the operator's certificate; `url`: where browsers reach it. */
  page?: (PageCertificate & { listen: string; url?: string | undefined }) | undefined;
  /** Folder of the installer's artefacts. */
  artefacts: string;
  log: Logger;
  /** Stops the coordinator. */
  signal: AbortSignal;
  now?: () => Date;
  /** `enrol`, `login`: per minute and address; `agents`: of each host. Default: see limits.ts. */
  limits?: { enrol?: number; login?: number; agents?: QuotaOptions };
}

export interface Running {
  url: string;
  port: number;
  /** Of the status page's listener; null without one. */
  pagePort: number | null;
  caPem: string;
  /** base64 SHA-256 of the server's public key. */
  pin: string;
  certificateSha256: string;
  /** Resolves after the signal, when everything is closed. */
  stopped: Promise<void>;
}

/** Built once, because it takes milliseconds and anyone may ask. */
const document = kept(
  () => [],
  () => apiDocument(endpoints),
);

/** Runs the coordinator until the signal fires. Throws MusterError if it cannot start. Acknowledged data is on disk. */
export async function serve(options: ServeOptions): Promise<Running> {
  const { state, log, signal, now = () => new Date() } = options;
  const news = createNews();
  await fetchPlan(options, log);
  const planFile = openPlanFile(options.plan, { news });
  const url = () =>
    options.url ?? `https://${planFile.current().coordinator.address}:${planFile.current().coordinator.port}`;
  await mkdir(state, { recursive: true, mode: 0o700 });
  const addresses = () => servedAddresses(planFile.current());
  const identity = await openIdentity({ state, listen: options.listen, url, addresses, now, log });
  const urls = () => [...new Set([url(), ...severalCoordinators(planFile.current())])];
  const store = openStore(join(state, 'muster.db'), { news });
  const replica = openReplica({ store, now, log, news, planFile, plan: options.plan, state, ownUrl: options.url });
  const plan = createPlanInForce(store, planFile.current);
  const metrics = createMetrics();
  const artefacts = createArtefacts(options.artefacts);
  const coordinator = createCoordinator(
    { store, plan, now, log, news },
    {
      replica,
      secret: identity.current().keyPem,
      backup: { state, planFiles: planFile.files, about: () => about(plan().settings.name, url(), now()) },
      // Only artefacts of the coordinator's own version are offered as updates.
      signedPlan: planFile.signed,
      release: (await artefacts.version()) === version ? version : null,
    },
  );
  subscribe(coordinator, metrics, planFile);
  rememberHosts(store, planFile.current());

  const streams = new AbortController();
  const sessions = createSessions({ store, now });
  const passwords = createPasswords(state);
  const certificateSha256 = () => identity.current().certificateSha256;
  const views = createViews({ coordinator, planFile, identity, url });
  const feed = createFeeds(coordinator, views);
  const parts: Parts = {
    ...coordinator,
    ...createPageAccess({ store, now, sessions, passwords, url: () => options.page?.url ?? url(), certificateSha256 }),
    views,
    feed,
    artefacts,
    metrics,
    counted: async () => ({ hosts: await feed('en').read(), ...countedIn(coordinator) }),
    readiness: createReadiness(readinessChecks(coordinator, planFile), now),
    url,
    installer: async () =>
      renderInstaller({ ...(await artefacts.read()), urls: urls(), caPem: identity.current().caPem }),
    oneLiner: (token) =>
      oneLiner({ urls: urls(), pin: identity.current().pin, token, planKey: readPlanKey(options.plan) }).sudo,
    planFile: planFile.fileFor,
    sharedKeys: (host, recipient) => sealKeys({ state, store, plan: plan() }, host, recipient),
    document,
    peers: peersOf(identity, coordinator),
    stopping: streams.signal,
  };
  const listeners = createListeners(parts, {
    ...options,
    page: options.page,
    identity,
    sessions,
    passwords,
    ...rates(options),
  });
  const started = await run({ coordinator, planFile, identity, listeners, replica, streams, signal });
  log.info(`coordinator listening on ${parseListen(options.listen).host}:${started.port}`, { url: url() });
  const { caPem, pin } = identity.current();
  return { url: url(), ...started, caPem, pin, certificateSha256: certificateSha256() };
}

/** The URLs of all coordinators; none if there is one, which the operator may have given another URL. */
function severalCoordinators(plan: Plan): string[] {
  const all = plannedCoordinators(plan);
  return all.length > 1 ? all : [];
}

function peersOf(identity: Identity, { standing, now }: Coordinator) {
  const { keyPem, caPem } = identity.current();
  return createPeers({ secret: keyPem, ca: caPem, standing, now });
}

const countedIn = ({ store, plan, contacts, now }: Coordinator): Omit<Counted, 'hosts'> => ({
  openTokens: store.tokens.countOpen(now().getTime()),
  etcd: etcdView({ store, plan: plan(), lastContact: contacts.last, now: now() }),
});

const rates = ({ limits }: ServeOptions) => ({
  enrolments: limits?.enrol,
  signIns: limits?.login,
  agents: limits?.agents,
});

function about(cluster: string, url: string, now: Date) {
  return { createdAt: now.toISOString(), version, cluster, url };
}

function readinessChecks({ store, fence }: Coordinator, planFile: PlanFile) {
  return [
    { name: 'store', holds: store.tryWrite },
    { name: 'plan', holds: () => planFile.problems().length === 0 },
    { name: 'fence', holds: () => fence.state() === null },
  ];
}
