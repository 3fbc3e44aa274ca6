import express, { type Response, Router } from 'express';
import type { Language } from '../../shared/local-text.ts';
import type { LogPage, Status } from '../../shared/protocol/status.ts';
import { assetOptions, assets } from './assets.ts';
import { sessionCookie, signedIn } from './gate.ts';
import { pageHeaders } from './headers.ts';
import { type Html, markupOf } from './html.ts';
import type { Sessions } from './sessions.ts';
import { tail } from './tail.ts';
import { clusterMain } from './views/cluster.ts';
import { hostMain } from './views/host.ts';
import { document, fragment, type View } from './views/layout.ts';
import { loginPage, notFoundView, refusedPage, signInPage } from './views/login.ts';

/** Lines of output on a host's page. */
const shownLines = 200;

export { requireSession } from './gate.ts';

export interface PageOptions {
  status: (language: Language) => Status;
  /** Lines of a host after a sequence number, in the order of arrival. */
  logs: (host: string, after: number) => LogPage;
  sessions: Sessions;
}

/** The status page and its login; to be mounted at the root. Everything but the login and the assets needs a session. */
export function pageRouter({ status, logs, sessions }: PageOptions): Router {
  const router = Router();

  for (const name of assets) {
    router.get(`/${name}`, pageHeaders, (_request, response) => response.sendFile(name, assetOptions()));
  }

  router.get('/login', pageHeaders, (request, response) => {
    const { code } = request.query;
    // A link's prefetcher or a chat's preview only ever GETs: the code is spent by the button, not by the link.
    send(response, typeof code === 'string' ? signInPage(code) : loginPage(), typeof code === 'string' ? 200 : 401);
  });

  router.post('/login', pageHeaders, express.urlencoded({ extended: false, limit: '1kb' }), (request, response) => {
    const code: unknown = request.body?.code;
    const session = typeof code === 'string' ? sessions.redeem(code) : null;
    if (session === null) return send(response, refusedPage(), 403);
    response.cookie(sessionCookie, session, { httpOnly: true, secure: true, sameSite: 'strict', path: '/' });
    response.redirect(303, '/');
  });

  router.get(['/', '/hosts/:name'], pageHeaders, (request, response) => {
    if (!signedIn(request, sessions)) return send(response, loginPage(), 401);
    const { view, found } = viewOf(request.params.name);
    send(response, document(view), found ? 200 : 404);
  });

  router.get(['/fragment/', '/fragment/hosts/:name'], pageHeaders, (request, response) => {
    if (!signedIn(request, sessions)) return void response.status(401).end();
    const { view, found } = viewOf(request.params.name);
    send(response, fragment(view), found ? 200 : 404);
  });

  function viewOf(name: string | string[] | undefined): { view: View; found: boolean } {
    const now = status('en');
    if (name === undefined) return { view: clusterMain(now), found: true };
    const host = now.hosts.find((candidate) => candidate.name === name);
    if (host === undefined) return { view: notFoundView(now), found: false };
    return {
      view: hostMain(
        now,
        host,
        tail((after) => logs(host.name, after), shownLines),
      ),
      found: true,
    };
  }

  return router;
}

function send(response: Response, page: Html, code: number): void {
  response.status(code).type('html').send(markupOf(page));
}
