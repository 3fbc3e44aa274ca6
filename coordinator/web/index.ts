import { Router } from 'express';
import { languageOf } from '../api/http/language.ts';
import type { PageAssets } from './assets.ts';
import { appDocument } from './document.ts';
import { sessionOf } from './gate.ts';
import { pageHeaders } from './headers.ts';
import { loginPage } from './login.ts';
import { createLoginPages } from './login-pages.ts';
import { type SessionRouteOptions, sessionRouter } from './session-routes.ts';

export interface PageOptions extends SessionRouteOptions {
  assets: PageAssets;
}

/** Paths that the page's script handles. */
const views = ['/', '/timeline', '/events', '/plan', '/tokens', '/hosts/:name'];

/**
 * The router of the status page and its login, for the root path. Everything except the login and the assets requires a
 * session.
 */
export function pageRouter(options: PageOptions): Router {
  const { sessions, assets } = options;
  const router = Router();
  const sendLogin = createLoginPages(options);
  router.use(assets.routes(pageHeaders));
  router.get(views, pageHeaders, async (request, response) => {
    const session = sessionOf(request, sessions);
    if (session === null) return sendLogin(request, response, loginPage, 401);
    response.vary('Accept-Language').type('html');
    response.send(appDocument(languageOf(request), session.role, await assets.paths()));
  });
  router.use(sessionRouter(options, sendLogin));
  return router;
}
