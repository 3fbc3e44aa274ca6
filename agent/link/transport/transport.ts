import got, { type OptionsInit, RequestError, type Response } from 'got';
import { atMost, type RunningRequest } from '../../../shared/node/bounded-request.ts';
import { ProbingAgent } from '../../../shared/node/probing-agent.ts';
import { machineHeaders } from '../../../shared/protocol/enrolment.ts';
import { handshakeMs } from '../../../shared/protocol/handshake.ts';
import { revisionHeader } from '../../../shared/protocol/revision.ts';
import { version } from '../../../shared/version.ts';
import type { Coordinators } from '../coordinators.ts';
import type { Session } from '../session.ts';
import { createBehind, olderThan } from './behind.ts';
import { askInOrder } from './failover.ts';
import { unreachable } from './unreachable.ts';

export interface TransportOptions {
  coordinators: Coordinators;
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

/** Time limit of a connection, in ms; shorter if there is another coordinator to ask. */
const connecting = { alone: 5000, beside: 2000 };

export interface ExchangeOptions {
  waitSeconds?: number;
  /** Size limit of the answer, in bytes. */
  most?: number;
  /** The host acts on the answer, which must not come from a coordinator that is behind. */
  isInstruction?: boolean;
}

/**
 * Sends one request to the active coordinator and returns its answer, whatever the status. On 401, retries once with
 * the previous credential. Throws MusterError `unreachable`, `untrusted-coordinator` or, for an instruction,
 * `coordinator-behind`.
 */
export function createTransport({ coordinators, ca, session, machine }: TransportOptions) {
  const agent = new ProbingAgent({ keepAlive: true, maxSockets: 8 });
  const http = requester(agent, ca, machine);
  const behind = createBehind(coordinators);
  /** Ends the requests to a coordinator that another one replaced; they are sent again to the new one. */
  let under = new AbortController();
  const place: Coordinators = {
    ...coordinators,
    answered(url) {
      const [before] = coordinators.inOrder();
      if (url === before && behind.has(url)) return;
      coordinators.answered(url);
      if (coordinators.inOrder()[0] === before) return;
      under.abort();
      under = new AbortController();
    },
  };

  async function once(url: string, bearer: string, options: OptionsInit, most: number): Promise<Response<string>> {
    const seen = session.revision();
    const headers = {
      ...options.headers,
      authorization: `Bearer ${bearer}`,
      ...(seen === null ? {} : { [revisionHeader]: seen }),
    };
    const { signal } = options;
    const ends = [under.signal, ...(signal instanceof AbortSignal ? [signal] : [])];
    return atMost(most, (limit) => {
      const all = { responseType: 'text', ...options, headers, signal: AbortSignal.any([limit, ...ends]) } as const;
      return http(url, all) as RunningRequest<Response<string>>;
    });
  }

  async function ask(
    base: string,
    route: string,
    options: OptionsInit,
    { most, isInstruction }: { most: number; isInstruction: boolean },
  ): Promise<Response<string>> {
    const presented = session.revision();
    try {
      const tried = session.bearer();
      let response = await once(base + route, tried, options, most);
      if (response.statusCode === 401 && (await session.fallBack(tried)))
        response = await once(base + route, session.bearer(), options, most);
      const revision = response.headers[revisionHeader];
      const older = olderThan(presented, base, revision?.toString());
      if (typeof revision === 'string') {
        session.saw(revision);
        behind.note(base, older !== null);
      }
      if (older !== null && isInstruction && response.statusCode < 300) throw older;
      return response;
    } catch (error) {
      if (error instanceof RequestError) throw unreachable(base, error);
      throw error;
    }
  }

  return {
    exchange(
      route: string,
      options: OptionsInit,
      { waitSeconds = 0, most = mostJson, isInstruction = false }: ExchangeOptions = {},
    ): Promise<Response<string>> {
      const connect = coordinators.inOrder().length > 1 ? connecting.beside : connecting.alone;
      const timeout = { lookup: 5000, connect, secureConnect: handshakeMs, request: waitSeconds * 1000 + grace };
      const { signal } = options;
      const ends = signal instanceof AbortSignal ? signal : undefined;
      return askInOrder(place, (base) => ask(base, route, { ...options, timeout }, { most, isInstruction }), ends);
    },
    close: () => agent.destroy(),
  };
}

/** Returns each answer, whatever its status, once and unchanged. */
const requester = (agent: ProbingAgent, ca: string, machine: TransportOptions['machine']) =>
  got.extend({
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
