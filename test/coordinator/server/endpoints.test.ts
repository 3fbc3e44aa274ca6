import type { Express } from 'express';
import { expect, test } from 'vitest';
import type { Parts } from '../../../coordinator/api/parts.ts';
import { createApp, createOperatorApp, endpoints } from '../../../coordinator/server/apps.ts';
import { createPages } from '../../../coordinator/server/pages.ts';
import { openStore } from '../../../coordinator/store/store.ts';
import { createPasswords } from '../../../coordinator/web/passwords.ts';
import { createSessions } from '../../../coordinator/web/sessions.ts';

interface Layer {
  route?: { path: string; stack: { method?: string }[] };
  handle: { stack?: Layer[] };
}

/** Every route of an app, such as "get /v1/status". */
function routesOf(layers: readonly Layer[]): string[] {
  return layers.flatMap(({ route, handle }) => {
    if (route !== undefined) return route.stack.flatMap(({ method }) => (method ? [`${method} ${route.path}`] : []));
    return routesOf(handle.stack ?? []);
  });
}

/** The real apps, with the status page. */
function served(): Set<string> {
  // Routes are only listed, never called.
  const parts = {} as Parts;
  const pages = createPages(parts, {
    sessions: createSessions({ store: openStore(':memory:'), now: () => new Date() }),
    passwords: createPasswords('/nonexistent'),
    tries: 10,
  });
  const apps: Express[] = [createApp(parts, pages, 60), createOperatorApp(parts)];
  return new Set(apps.flatMap((app) => routesOf((app as unknown as { router: { stack: Layer[] } }).router.stack)));
}

test('the API document and the routes match', () => {
  const described = endpoints.map(({ method, path }) => `${method} ${path}`);
  // The page's HTML and its files are not part of the API.
  const own = /^get (\/,|\/assets\/|\/login$)/;
  const routes = new Set([...served()].filter((route) => !own.test(route)));
  expect([...routes].sort()).toEqual([...new Set(described)].sort());
});

test('HTTPS serves no route that is reserved for the socket', () => {
  const parts = {} as Parts;
  const app = createApp(parts, [], 60) as unknown as { router: { stack: Layer[] } };
  const socketOnly = endpoints
    .filter(({ access }) => access === 'socket')
    .map(({ method, path }) => `${method} ${path}`);
  const routes = new Set(routesOf(app.router.stack));
  expect(socketOnly.length).toBeGreaterThan(0);
  expect(socketOnly.filter((route) => routes.has(route))).toEqual([]);
});
