import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Agent, request as ask } from 'node:https';
import { isIP } from 'node:net';
import { pipeline } from 'node:stream';
import { checkServerIdentity } from 'node:tls';
import type { Request, RequestHandler, Response } from 'express';
import { MusterError } from '../../../shared/errors/errors.ts';
import type { Standing } from '../../replica/standing.ts';
import { addressOf, setAddress } from '../http/address.ts';
import { createPass } from './pass.ts';

/** The pass of the coordinator that sends a request on, and the address of its client. */
const headers = { pass: 'muster-peer', client: 'muster-client' } as const;
/** Where the active coordinator answers the operator's requests of other coordinators. */
export const peerPath = '/peer';

export interface PeersOptions {
  /** See createPass. */
  secret: string;
  /** PEM of the CA of all coordinators. */
  ca: string;
  standing: Pick<Standing, 'state' | 'active'>;
  now: () => Date;
}

export type Peers = ReturnType<typeof createPeers>;

/**
 * A standby sends what people ask on to the active coordinator, so that the CLI and the page work on every control plane
 * and go on after a takeover.
 */
export function createPeers({ secret, ca, standing, now }: PeersOptions) {
  const pass = createPass(secret, now);
  const agent = new Agent({ ca });
  const isPeer = (request: IncomingMessage) => pass.isGenuine(String(request.headers[headers.pass] ?? ''));

  /** `path`: put before the request's own. */
  function send(active: string, path: string, request: Request, response: Response, fail: (error: Error) => void) {
    const { hostname, port } = new URL(active);
    const upstream = ask(
      {
        ...{ agent, hostname, port, method: request.method, path: path + request.originalUrl },
        headers: { ...forwarded(request), [headers.pass]: pass.issue(), [headers.client]: addressOf(request) },
        servername: isIP(hostname) === 0 ? hostname : '',
        // The Host header is the browser's, for the check of a request's origin.
        checkServerIdentity: (_name, certificate) => checkServerIdentity(hostname, certificate),
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        pipeline(answer, response, () => undefined);
      },
    );
    upstream.once('error', (cause) => fail(new MusterError('no-active', {}, { cause })));
    response.once('close', () => upstream.destroy());
    request.pipe(upstream);
  }

  return {
    /** Sends the request on if this coordinator is a standby that knows the active one. */
    toActive:
      (path = ''): RequestHandler =>
      (request, response, next) => {
        const active = standing.state() === 'standby' ? standing.active() : '';
        // A request is sent on once: two standbys could name each other.
        if (active === '' || isPeer(request)) return next();
        send(active, path, request, response, next);
      },
    /** Takes over the client's address from another coordinator. */
    hear: ((request, _response, next) => {
      const client = request.headers[headers.client];
      if (typeof client === 'string' && isPeer(request)) setAddress(request, client);
      next();
    }) satisfies RequestHandler,
    /** Throws MusterError 401 `peer-unknown` unless another coordinator asks. */
    require: ((request, _response, next) => {
      if (!isPeer(request)) throw new MusterError('peer-unknown');
      next();
    }) satisfies RequestHandler,
  };
}

/** What belongs to the connection, or what only a coordinator may say, is not sent on. */
function forwarded(request: Request): OutgoingHttpHeaders {
  const own: readonly string[] = ['connection', 'keep-alive', headers.pass, headers.client];
  return Object.fromEntries(Object.entries(request.headers).filter(([name]) => !own.includes(name)));
}
