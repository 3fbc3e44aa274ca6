import { Agent } from 'node:https';
import got, { type OptionsInit, RequestError, type Response } from 'got';
import { MusterError } from '../../shared/errors/errors.ts';
import { atMost, type RunningRequest } from '../../shared/node/bounded-request.ts';
import { machineHeaders } from '../../shared/protocol/enrolment.ts';
import { revisionHeader, revisionNumber } from '../../shared/protocol/revision.ts';
import { version } from '../../shared/version.ts';
import type { Session } from './session.ts';
import { unreachable } from './unreachable.ts';

export interface TransportOptions {
  /** Base URL of the coordinator, such as https://192.168.0.130:7443 */
  url: string;
  /** PEM of the only trusted CA. */
  ca: string;
  session: Session;
  /** Identifies this machine and its boot, so that the coordinator detects two machines with one credential. */
  machine?: { bootId: string; machineId: string | null } | undefined;
}

/** Size limit of an answer in bytes; a target with the settings of 5,000 hosts has about 500 kB. */
export const mostJson = 16 * 1024 ** 2;

/** Margin on top of the requested wait, in ms, for a loaded coordinator or a slow link. */
const grace = 10_000;

export interface ExchangeOptions {
  waitSeconds?: number;
  /** Size limit of the answer, in bytes. */
  most?: number;
  /** The host acts on the answer, which must not come from a coordinator that is behind. */
  isInstruction?: boolean;
}

/**
 * Sends one request and returns its answer, whatever the status. On 401, retries once with the previous credential.
 * Throws MusterError `unreachable`, `untrusted-coordinator` or, for an instruction, `coordinator-behind`.
 */
export function createTransport({ url, ca, session, machine }: TransportOptions) {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const http = got.extend({
    prefixUrl: url,
    agent: { https: agent },
    https: { certificateAuthority: ca, rejectUnauthorized: true },
    headers: {
      'user-agent': `muster-agent/${version}`,
      ...(machine && { [machineHeaders.bootId]: machine.bootId }),
      ...(machine?.machineId && { [machineHeaders.machineId]: machine.machineId }),
    },
    retry: { limit: 0 },
    throwHttpErrors: false,
    followRedirect: false,
    decompress: false,
  });

  async function once(bearer: string, route: string, options: OptionsInit, most: number): Promise<Response<string>> {
    const seen = session.revision();
    const headers = {
      ...options.headers,
      authorization: `Bearer ${bearer}`,
      ...(seen === null ? {} : { [revisionHeader]: seen }),
    };
    const { signal } = options;
    return atMost(most, (limit) => {
      const both = signal instanceof AbortSignal ? AbortSignal.any([signal, limit]) : limit;
      const all = { responseType: 'text', ...options, headers, signal: both } as const;
      return http(route.slice(1), all) as RunningRequest<Response<string>>;
    });
  }

  return {
    async exchange(
      route: string,
      options: OptionsInit,
      { waitSeconds = 0, most = mostJson, isInstruction = false }: ExchangeOptions = {},
    ): Promise<Response<string>> {
      const presented = session.revision();
      const timeout = { lookup: 5000, connect: 5000, secureConnect: 5000, request: waitSeconds * 1000 + grace };
      try {
        const tried = session.bearer();
        let response = await once(tried, route, { ...options, timeout }, most);
        if (response.statusCode === 401 && (await session.fallBack(tried)))
          response = await once(session.bearer(), route, { ...options, timeout }, most);
        const revision = response.headers[revisionHeader];
        if (typeof revision === 'string') session.saw(revision);
        if (isInstruction && response.statusCode < 300) refuseOlder(url, revision?.toString(), presented);
        return response;
      } catch (error) {
        if (error instanceof RequestError) throw unreachable(url, error);
        throw error;
      }
    },
    close: () => agent.destroy(),
  };
}

/**
 * A coordinator that was replaced by another, or restored from a backup, has a lower revision than this host presented.
 * Throws MusterError `coordinator-behind`.
 */
function refuseOlder(url: string, answered: string | undefined, presented: string | null): void {
  const seen = revisionNumber(presented ?? undefined);
  const own = revisionNumber(answered);
  if (seen === null || (own !== null && own >= seen)) return;
  throw new MusterError('coordinator-behind', { url, own: own ?? 0, seen });
}
