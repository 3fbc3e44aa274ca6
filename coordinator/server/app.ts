import express, { type Express, type Request, type RequestHandler, type Router } from 'express';
import { observationRoutes } from '../../shared/protocol/observation.ts';
import { actorHeader } from '../../shared/protocol/operation.ts';
import { hostText } from '../../shared/protocol/text.ts';
import { actionRoutes } from '../routes/actions.ts';
import { agentRoutes, enrolRoute } from '../routes/agents.ts';
import { errorHandler, notFound } from '../routes/errors.ts';
import { eventRoutes } from '../routes/events.ts';
import { type InstallerOptions, installerRoutes } from '../routes/installer.ts';
import { guardedMetrics, type ObservationOptions, ownerRoutes, publicRoutes } from '../routes/observation.ts';
import { observe } from '../routes/observe.ts';
import { type OperatorOptions, operatorOnlyRoutes, readRoutes, type Views } from '../routes/operator.ts';
import { backupCopyRoute, safekeepingOperatorRoutes } from '../routes/safekeeping.ts';
import { type SocketOptions, socketRoutes } from '../routes/socket.ts';
import { updateOperatorRoutes } from '../routes/updates.ts';
import type { BackupKeeper } from '../upkeep/backup/keeper.ts';
import type { Rollout } from '../upkeep/rollout.ts';
import type { Coordinator } from './coordinator.ts';

export interface AppOptions extends InstallerOptions {
  observation: ObservationOptions;
  backups: BackupKeeper;
  rollout: Rollout;
  /** The status page, its login and its API, mounted at the root. */
  pages: readonly Router[];
  /** Per minute and address. Default: 60 enrolments, 10 tries to sign in. */
  limits?: { enrol?: number; login?: number };
}

function bare(): Express {
  const app = express();
  // No header says who the client is: behind a proxy, the proxy is the client.
  app.set('trust proxy', false);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.disable('etag');
  return app;
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** The HTTPS side: agents, the installer, and, with a session, the status page. */
export function createApp(coordinator: Coordinator, options: AppOptions): Express {
  const { pages, limits } = options;
  const app = bare();
  app.use(observe({ ...coordinator, metrics: options.observation.metrics, stranger: 'anyone' }));
  // First, because reports are most of what comes.
  app.use(agentRoutes(coordinator));
  app.use(['/v1', ...Object.values(observationRoutes)], noStore);
  app.use(publicRoutes(options.observation), guardedMetrics(options.observation));
  app.use(backupCopyRoute(coordinator, options.backups));
  app.use(enrolRoute(coordinator, limits?.enrol ?? 60));
  app.use(installerRoutes(options));
  for (const router of pages) app.use(router);
  app.use(notFound, errorHandler(coordinator.log));
  return app;
}

/** The status page alone, for a listener of its own. */
export function createPageApp({ log }: Coordinator, pages: readonly Router[]): Express {
  const app = bare();
  app.use('/v1', noStore);
  for (const router of pages) app.use(router);
  app.use(notFound, errorHandler(log));
  return app;
}

const actorText = hostText(64);

/** Who may open the socket is root, or as good; the name is the one that the command was called under. */
function socketActor(request: Request): string {
  return actorText.parse(request.get(actorHeader) ?? '') || 'root';
}

/** The operator's side, for a Unix socket whose file mode is the login. */
export function createOperatorApp(
  coordinator: Coordinator,
  options: OperatorOptions & SocketOptions & Pick<AppOptions, 'observation' | 'backups' | 'rollout'> & { views: Views },
): Express {
  const app = bare();
  app.use(noStore);
  app.use(observe({ ...coordinator, metrics: options.observation.metrics, stranger: 'socket' }));
  app.use(publicRoutes(options.observation), ownerRoutes(options.observation), eventRoutes(coordinator));
  app.use(readRoutes(coordinator, options.views));
  app.use(operatorOnlyRoutes(coordinator, options));
  app.use(socketRoutes(options));
  app.use(actionRoutes(coordinator, { oneLiner: options.oneLiner, actor: socketActor }));
  app.use(safekeepingOperatorRoutes(coordinator, options.backups));
  app.use(updateOperatorRoutes(coordinator, options.rollout));
  app.use(notFound, errorHandler(coordinator.log));
  return app;
}
