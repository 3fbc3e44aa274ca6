import { mkdir } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { LoginLink } from '../../shared/protocol/status.ts';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import type { Language } from '../../shared/text/local-text.ts';
import { version } from '../../shared/version.ts';
import { apiDocument } from '../api/http/document.ts';
import type { Parts, Views } from '../api/parts.ts';
import { createArtefacts } from '../enrolment/artefacts.ts';
import { oneLiner, renderInstaller } from '../enrolment/installer.ts';
import { createMetrics } from '../observing/metrics.ts';
import { decisions } from '../operations/decided.ts';
import { openPlanFile } from '../plan/plan-file.ts';
import { openStore } from '../store/store.ts';
import { createBackupKeeper } from '../upkeep/backup/keeper.ts';
import { createRollout } from '../upkeep/rollout.ts';
import { readHead, readHost, readStatus } from '../view/status.ts';
import { createPasswords } from '../web/passwords.ts';
import { createSessions } from '../web/sessions.ts';
import { createApp, createOperatorApp, createPageApp } from './apps.ts';
import { type CertificateOptions, ensureCertificates, renewCertificates } from './certificates.ts';
import { createCoordinator } from './coordinator.ts';
import { endpoints } from './endpoints.ts';
import { createFeeds } from './feeds.ts';
import { listenSocket, listenTcp, parseListen, parseUrl } from './listen.ts';
import { scheduleMaintenance } from './maintenance.ts';
import { createPageServer, type PageCertificate } from './page-listener.ts';
import { createPages } from './pages.ts';
import { createReadiness } from './readiness.ts';

export interface ServeOptions {
  /** The plan file. */
  plan: string;
  /** Folder of the CA, the server's key and the database. */
  state: string;
  /** ADDRESS:PORT of HTTPS; port 0: any. */
  listen: string;
  /** Where agents reach it. Default: the plan's coordinator address. */
  url?: string | undefined;
  /** Path of the operator's Unix socket. */
  socket: string;
  /** A listener of the page's own, with the operator's certificate; `url`: where browsers reach it. */
  page?: (PageCertificate & { listen: string; url?: string | undefined }) | undefined;
  /** Folder of what the installer downloads. */
  artefacts: string;
  log: Logger;
  /** Ends it. */
  signal: AbortSignal;
  now?: () => Date;
  /** Per minute and address. Default: 60 enrolments, 10 tries to sign in. */
  limits?: { enrol?: number; login?: number };
}

const planChange = { en: 'another plan is in force', zh: '新的计划已生效' };

export interface Running {
  url: string;
  port: number;
  /** Of the page's own listener; null: there is none. */
  pagePort: number | null;
  caPem: string;
  /** base64 SHA-256 of the server's public key. */
  pin: string;
  certificateSha256: string;
  /** Resolves when all is closed, after the signal. */
  stopped: Promise<void>;
}

/** Runs the coordinator until the signal fires. Throws MusterError where it can't start; what it has acknowledged is on the disk. */
export async function serve(options: ServeOptions): Promise<Running> {
  const { state, socket, log, signal, now = () => new Date() } = options;
  const endpoint = parseListen(options.listen);
  const planFile = openPlanFile(options.plan, { onChange: () => planChanged() });
  await mkdir(state, { recursive: true, mode: 0o700 });
  let certificates = await ensureCertificates(state, reachedAt(options, planFile.current(), now()));
  const metrics = createMetrics();
  const store = openStore(join(state, 'muster.db'), { onCommit: metrics.commit });
  const backups = createBackupKeeper({
    store,
    state,
    planFiles: planFile.files,
    plan: planFile.current,
    now,
    log,
    about: () => ({ createdAt: now().toISOString(), version, cluster: planFile.current().settings.name, url: url() }),
    onCopy: (hosts) => hosts.forEach(coordinator.waiters.wake),
  });
  const coordinator = createCoordinator({
    store,
    plan: planFile.current,
    now,
    log,
    metrics,
    secret: certificates.keyPem,
    more: (host) => ({ ...backups.targetFor(host), ...rollout.targetFor(host) }),
  });
  const artefacts = createArtefacts(options.artefacts);
  const rollout = createRollout({
    store,
    plan: planFile.current,
    now,
    lastContact: coordinator.contacts.last,
    // What is served comes with the coordinator, and both change together.
    version: (await artefacts.version()) === version ? version : null,
  });
  const sessions = createSessions({ now });
  const url = () => options.url ?? urlOf(planFile.current());

  const source = (language: Language) => ({
    store,
    plan: planFile.current(),
    planProblems: planFile.problems(),
    lastContact: coordinator.contacts.last,
    notices: [...coordinator.fence.notices(), ...store.notices(), ...backups.notices(), ...rollout.notices()],
    decided: decisions(coordinator),
    fleet: coordinator.fleet.findings,
    url: url(),
    certificateSha256: certificates.certificateSha256,
    now: now(),
    language,
  });
  const views: Views = {
    status: (language) => readStatus(source(language)),
    host: (name, language) => readHost(source(language), name),
    head: (language) => readHead(source(language)),
    logs: store.output.after,
    tail: store.output.tail,
  };
  const readiness = createReadiness(
    [
      { name: 'store', holds: store.isWritable },
      { name: 'plan', holds: () => planFile.problems().length === 0 },
      { name: 'fence', holds: () => coordinator.fence.state() === null },
    ],
    now,
  );
  const passwords = createPasswords(state);
  const ending = new AbortController();
  const parts: Parts = {
    ...coordinator,
    views,
    feed: createFeeds(coordinator, views),
    backups,
    rollout,
    artefacts,
    metrics,
    counted: () => ({ hosts: views.status('en').hosts, openTokens: store.tokens.open(now().getTime()).length }),
    readiness,
    url,
    installer: async () => renderInstaller({ ...(await artefacts.read()), url: url(), caPem: certificates.caPem }),
    oneLiner: pastedLine,
    loginLink(role): LoginLink {
      const { code, expiresAt } = sessions.createCode(role);
      const { certificateSha256 } = certificates;
      return { url: `${options.page?.url ?? url()}${operatorRoutes.login}?code=${code}`, expiresAt, certificateSha256 };
    },
    async setPassword(role, password) {
      await passwords.set(role, password);
      sessions.endAll({ role, via: 'password' });
      const told =
        password === null
          ? { en: `the ${role}’s password was taken away`, zh: `已取消 ${role} 的密码` }
          : { en: `the ${role}’s password was set`, zh: `已设置 ${role} 的密码` };
      store.transaction(() => store.events.add(now().getTime(), 'password', null, told));
    },
    document: () => apiDocument(endpoints),
    stopping: ending.signal,
  };
  const pages = createPages(parts, { sessions, passwords, tries: options.limits?.login ?? 10 });
  const app = createApp(parts, pages, options.limits?.enrol ?? 60);
  const operatorApp = createOperatorApp(parts);

  function pastedLine(token: string): string {
    return oneLiner({ url: url(), pin: certificates.pin, token }).sudo;
  }

  const server = https.createServer(
    { minVersion: 'TLSv1.2', key: certificates.keyPem, cert: certificates.certPem },
    app,
  );
  // A host gets 15 s for its headers and a minute for a whole request; the pause between two is longer than an agent's poll.
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 75_000;
  const operatorServer = http.createServer(operatorApp);

  const pageServer =
    options.page === undefined ? null : createPageServer(options.page, createPageApp(parts, pages), log);
  const servers = [server, operatorServer, ...(pageServer === null ? [] : [pageServer])];

  function planChanged(): void {
    const problems = planFile.problems();
    for (const problem of problems) log.warn(`the last good plan stays in force: ${problem}`);
    if (problems.length > 0) return;
    log.info('another plan is in force');
    store.transaction(() => store.events.add(now().getTime(), 'plan-changed', null, planChange));
    coordinator.planChanged();
    renewing = renew();
  }

  /** The plan may have moved the coordinator to another address, which its certificate has to carry. */
  async function renew(): Promise<void> {
    try {
      certificates = await renewCertificates(state, reachedAt(options, planFile.current(), now()));
      server.setSecureContext({ key: certificates.keyPem, cert: certificates.certPem });
    } catch (error) {
      log.error(`the certificate stays as it was: ${messageOf(error)}`);
    }
  }
  let renewing = Promise.resolve();

  let endMaintenance = () => {};
  async function stop(): Promise<void> {
    planFile.close();
    endMaintenance();
    const closed = servers.map((one) => new Promise((resolve) => one.close(resolve)));
    ending.abort();
    coordinator.close();
    await renewing;
    // A connection whose last request has just been answered would be kept alive for the next.
    const idle = setInterval(() => {
      for (const one of servers) one.closeIdleConnections();
    }, 50);
    const late = setTimeout(() => {
      for (const one of servers) one.closeAllConnections();
    }, 2000);
    await Promise.all(closed);
    clearInterval(idle);
    clearTimeout(late);
    store.close();
    log.info('the coordinator has stopped');
  }

  let port: number;
  let pagePort: number | null = null;
  try {
    port = await listenTcp(server, endpoint);
    if (pageServer !== null && options.page !== undefined) {
      pagePort = await listenTcp(pageServer, parseListen(options.page.listen));
    }
    await listenSocket(operatorServer, socket);
  } catch (error) {
    await stop();
    throw error;
  }
  endMaintenance = scheduleMaintenance(coordinator, backups);
  log.info(`the coordinator listens on ${endpoint.host}:${port}`, { url: url() });
  const stopped = new Promise<void>((resolve, reject) => {
    const end = () => void stop().then(resolve, reject);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  const { caPem, pin, certificateSha256 } = certificates;
  return { url: url(), port, pagePort, caPem, pin, certificateSha256, stopped };
}

function urlOf({ coordinator: { address, port } }: Plan): string {
  return `https://${address}:${port}`;
}

/** Every address and name that the server's certificate has to carry. */
function reachedAt({ listen, url }: ServeOptions, plan: Plan, now: Date): CertificateOptions {
  const own = [parseUrl(url ?? urlOf(plan)).hostname, plan.coordinator.address, parseListen(listen).host, hostname()];
  const reached = own.filter((name) => name !== '0.0.0.0' && name !== '::').map((name) => name.replace(/^\[|\]$/g, ''));
  return {
    addresses: reached.filter((name) => isIP(name) !== 0),
    names: reached.filter((name) => isIP(name) === 0),
    now,
  };
}
