import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { CollectRequest } from '../../shared/protocol/collection.ts';
import type { Host } from '../host/host.ts';
import type { Client } from '../link/client.ts';
import type { Retrier } from '../link/retry.ts';
import { collect } from './collect.ts';

interface Means {
  host: Host;
  client: Pick<Client, 'collection'>;
  untilDone: Retrier;
  log: Logger;
  signal: AbortSignal;
}

/**
 * Answers each of the coordinator's requests for journals and configuration once, one after the other; of those that
 * arrive meanwhile, the newest.
 */
export function createCollector({ host, client, untilDone, log, signal }: Means) {
  let newest: string | null = null;
  let waiting: CollectRequest | null = null;
  let isBusy = false;

  async function answer({ id }: CollectRequest): Promise<void> {
    const collection = await collect(host);
    await untilDone('send what was collected', () => client.collection(id, collection, signal), signal);
    log.info('sent journals and configuration for a support bundle', { files: collection.files.length });
  }

  async function answerAll(): Promise<void> {
    isBusy = true;
    for (let next = waiting; next !== null; next = waiting) {
      waiting = null;
      await answer(next).catch((error) => {
        if (!signal.aborted) log.error(`could not collect for a support bundle: ${messageOf(error)}`);
      });
    }
    isBusy = false;
  }

  return {
    want(request: CollectRequest | null): void {
      if (request === null || request.id === newest) return;
      newest = request.id;
      waiting = request;
      if (!isBusy) void answerAll();
    },
  };
}
