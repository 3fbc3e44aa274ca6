import type { Express } from 'express';
import { expect, test } from 'vitest';
import { operations } from '../../../coordinator/api/operations.ts';
import { createArtefacts } from '../../../coordinator/enrolment/artefacts.ts';
import { createMetrics } from '../../../coordinator/observing/metrics.ts';
import type { Views } from '../../../coordinator/routes/operator.ts';
import { createApp, createOperatorApp } from '../../../coordinator/server/app.ts';
import { createCoordinator } from '../../../coordinator/server/coordinator.ts';
import { createPages } from '../../../coordinator/server/page.ts';
import { openStore } from '../../../coordinator/store/store.ts';
import type { BackupKeeper } from '../../../coordinator/upkeep/backup/keeper.ts';
import type { Rollout } from '../../../coordinator/upkeep/rollout.ts';
import { createPasswords } from '../../../coordinator/web/passwords.ts';
import { createSessions } from '../../../coordinator/web/sessions.ts';
import { silentLogger } from '../../../shared/logger.ts';
import type { ClusterHead } from '../../../shared/protocol/stream.ts';
import { plan } from '../plans.ts';

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

/** The apps as they are, without the status page, whose routes are no API. */
function served(): Set<string> {
  const metrics = createMetrics();
  const store = openStore(':memory:');
  const coordinator = createCoordinator({
    store,
    plan,
    now: () => new Date(),
    log: silentLogger(),
    secret: '',
    metrics,
  });
  // Routes are only looked at, never called.
  const views = {} as Views;
  const backups = {} as BackupKeeper;
  const rollout = {} as Rollout;
  const observation = {
    store,
    metrics,
    counted: () => ({ hosts: [], openTokens: 0 }),
    readiness: () => ({ ready: true, checks: {} }),
    url: () => '',
  };
  const pages = createPages({
    coordinator,
    views: { ...views, head: () => ({}) as ClusterHead },
    sessions: createSessions({ now: () => new Date() }),
    passwords: createPasswords('/nonexistent'),
    tries: 10,
    oneLiner: () => '',
    log: silentLogger(),
    signal: AbortSignal.abort(),
  });
  const apps: Express[] = [
    createApp(coordinator, {
      observation,
      backups,
      rollout,
      artefacts: createArtefacts('/nonexistent'),
      render: () => '',
      pages,
    }),
    createOperatorApp(coordinator, {
      observation,
      backups,
      rollout,
      views,
      oneLiner: () => '',
      loginLink: () => ({ url: '', expiresAt: '', certificateSha256: '' }),
      setPassword: async () => undefined,
    }),
  ];
  return new Set(apps.flatMap((app) => routesOf((app as unknown as { router: { stack: Layer[] } }).router.stack)));
}

test('every route is in the API’s document, and everything in the document is a route', () => {
  const described = operations.map(({ method, path }) => `${method} ${path}`);
  const own = /^get (\/,|\/assets\/|\/login$)/;
  // Files of a folder are served by express itself; the page's HTML and its files are no API.
  const routes = new Set([...served(), 'get /artefacts/:name'].filter((route) => !own.test(route)));
  expect([...routes].sort()).toEqual([...new Set(described)].sort());
});
