import type { Coordinator } from '../api/parts.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Replica } from '../replica/replica.ts';
import type { Identity } from './identity.ts';
import type { Listeners } from './listeners.ts';
import { scheduleMaintenance } from './maintenance.ts';

export interface LifecycleOptions {
  coordinator: Coordinator;
  planFile: PlanFile;
  identity: Identity;
  listeners: Listeners;
  replica: Replica;
  /** Aborted on shutdown, because open streams would delay it. */
  streams: AbortController;
  signal: AbortSignal;
}

export interface Started {
  port: number;
  pagePort: number | null;
  /** Resolves after the signal, when everything is closed. */
  stopped: Promise<void>;
}

/**
 * Starts certificate renewal and the shared state, reads the hosts' facts, then starts the listeners and scheduled
 * work. Stops in this order: plan file and scheduled work, new connections, open requests, the shared state, the store.
 */
export async function run(options: LifecycleOptions): Promise<Started> {
  const { coordinator, planFile, identity, listeners, replica, streams, signal } = options;
  const { log, news, store } = coordinator;
  let renewing = Promise.resolve();
  let endMaintenance = () => {};

  /** The plan may have changed the coordinator's address, which the certificate must contain. */
  async function renew(): Promise<void> {
    if (await identity.renew()) listeners.takeCertificate();
  }

  async function stop(): Promise<void> {
    planFile.close();
    endMaintenance();
    const closed = listeners.close();
    streams.abort();
    coordinator.close();
    await renewing;
    await closed;
    await replica.stop();
    store.close();
    log.info('coordinator stopped');
  }

  news.on('plan', () => {
    renewing = renew();
  });
  try {
    await replica.start();
    await coordinator.fleet.load();
    const ports = await listeners.open();
    endMaintenance = scheduleMaintenance(coordinator);
    return { ...ports, stopped: whenTold(signal, stop) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function whenTold(signal: AbortSignal, stop: () => Promise<void>): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const end = () => void stop().then(resolve, reject);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
