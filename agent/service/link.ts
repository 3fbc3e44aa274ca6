import { MusterError } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { version } from '../../shared/version.ts';
import { identityFacts } from '../facts/identity.ts';
import type { Host } from '../host/host.ts';
import { createClient } from '../link/client.ts';
import { readConfig, readCredential } from '../link/config.ts';
import { openCoordinators } from '../link/coordinators.ts';
import { createReporter } from '../link/reporter.ts';
import { createRetrier } from '../link/retry.ts';
import { openSession } from '../link/session.ts';
import type { AgentPaths } from '../paths.ts';
import type { News } from './news.ts';

interface Parts {
  paths: AgentPaths;
  host: Host;
  log: Logger;
  news: News;
}

/** Opens the connection to the coordinator. Throws MusterError `not-enrolled`, `not-installed` or `config-invalid`. */
export async function openLink({ paths, host, log, news }: Parts) {
  const { urls, ca } = await readConfig(paths);
  const coordinators = openCoordinators({ paths, urls, log, onSwitch: () => reporter.repeat() });
  const credential = await readCredential(paths);
  if (credential === null) throw new MusterError('not-enrolled');
  const { bootId, machineId } = await identityFacts(host);
  const session = await openSession({ paths, credential, ca, log });
  const client = createClient({
    ...{ url: coordinators, ca, bearer: session, partsFolder: paths.targetParts },
    machine: { bootId, machineId },
  });
  const untilDone = createRetrier({ sleep: host.sleep, log });
  const identity = { host: credential.host, bootId, agentVersion: version };
  const onAcknowledged = () => void news.emit('acknowledged');
  const reporter = createReporter({ client, host, untilDone, identity, onAcknowledged });
  return { coordinators, name: credential.host, session, client, untilDone, reporter };
}
export type Link = Awaited<ReturnType<typeof openLink>>;
