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

/** Answers each of the coordinator's requests for journals and configuration once. */
export function createCollector({ host, client, untilDone, log, signal }: Means) {
  let answered: string | null = null;

  async function answer({ id }: CollectRequest): Promise<void> {
    const collection = await collect(host);
    await untilDone('send what was collected', () => client.collection(id, collection, signal), signal);
    log.info('sent journals and configuration for a support bundle', { files: collection.files.length });
  }

  return {
    want(request: CollectRequest | null): void {
      if (request === null || request.id === answered) return;
      answered = request.id;
      answer(request).catch((error) => {
        if (!signal.aborted) log.error(`could not collect for a support bundle: ${messageOf(error)}`);
      });
    },
  };
}
