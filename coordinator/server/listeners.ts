import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import type { Parts } from '../api/parts.ts';
import { peerPath } from '../api/peers/peers.ts';
import type { QuotaOptions } from '../store/quota.ts';
import type { Passwords } from '../web/passwords.ts';
import type { Sessions } from '../web/sessions.ts';
import { createApp, createOperatorApp, createPageApp, createPeerApp } from './apps.ts';
import { guard, tlsOptions } from './connections/guard.ts';
import { limits } from './connections/limits.ts';
import { listenSocket, listenTcp, parseListen } from './connections/listen.ts';
import type { Identity } from './identity.ts';
import { createPageServer, type PageCertificate } from './page-listener.ts';
import { createPages } from './pages.ts';

export interface ListenersOptions {
  /** ADDRESS:PORT of HTTPS. */
  listen: string;
  /** Path of the operator's Unix socket. */
  socket: string;
  /** Optional separate listener for the status page. */
  page: (PageCertificate & { listen: string }) | undefined;
  identity: Identity;
  sessions: Sessions;
  passwords: Passwords;
  /** Per minute and address. */
  enrolments?: number | undefined;
  signIns?: number | undefined;
  agents?: QuotaOptions | undefined;
}

/** The listeners: HTTPS for agents and browsers, a Unix socket for operators, optionally one for the status page. */
export function createListeners(parts: Parts, options: ListenersOptions) {
  const { identity, sessions, passwords } = options;
  const { enrolments = limits.enrolments, signIns = limits.signIns, agents = limits.agents } = options;
  const pages = createPages(parts, { sessions, passwords, tries: signIns });
  const secure = https.createServer(
    {
      ...tlsOptions,
      ...contextOf(identity),
    },
    split(createPeerApp(parts), createApp(parts, pages, enrolments, agents)),
  );
  guard(secure);
  const operator = http.createServer(createOperatorApp(parts));
  const page = options.page && createPageServer(options.page, createPageApp(parts, pages), parts.log);
  const servers = [secure, operator, ...(page === undefined ? [] : [page])];

  return {
    /**
     * Resolves to the ports of HTTPS and of the status page's listener (null without one). Throws MusterError if a
     * listener fails.
     */
    async open(): Promise<{ port: number; pagePort: number | null }> {
      const port = await listenTcp(secure, parseListen(options.listen));
      const pagePort = page && options.page ? await listenTcp(page, parseListen(options.page.listen)) : null;
      await listenSocket(operator, options.socket);
      return { port, pagePort };
    },
    /** Switches to the current certificate of `identity`. */
    takeCertificate: () => secure.setSecureContext(contextOf(identity)),
    /** Stops accepting connections; resolves once all are closed. */
    async close(): Promise<void> {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      // A connection stays open for keep-alive after its last response.
      const idle = setInterval(() => {
        for (const server of servers) server.closeIdleConnections();
      }, 50);
      const late = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
      }, limits.closeMs);
      await Promise.all(closed);
      clearInterval(idle);
      clearTimeout(late);
    },
  };
}

export type Listeners = ReturnType<typeof createListeners>;

function contextOf(identity: Identity): { key: string; cert: string } {
  const { keyPem, certPem } = identity.current();
  return { key: keyPem, cert: certPem };
}

/** What operators do is served to other coordinators only, by an app of its own. */
const split =
  (peers: RequestListener, others: RequestListener): RequestListener =>
  (request, response) =>
    (request.url?.startsWith(`${peerPath}/`) ? peers : others)(request, response);
