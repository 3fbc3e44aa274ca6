import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as ask } from 'node:https';
import { isIP } from 'node:net';
import { pipeline } from 'node:stream';
import { checkServerIdentity } from 'node:tls';
import type { Request, RequestHandler, Response } from 'express';
import { MusterError } from '../../../shared/errors/errors.ts';
import { ProbingAgent } from '../../../shared/node/probing-agent.ts';
import type { Standing } from '../../replica/standing.ts';
import { addressOf, noteKnown, setAddress } from '../http/address.ts';
import { type Audience, createPass } from './pass.ts';

/** The pass of the coordinator that forwards a request, and the address of its client. */
const headers = { pass: 'muster-peer', client: 'muster-client' } as const;
/** Where the active coordinator answers the operator's requests of other coordinators. */
export const peerPath = '/peer';

/** Longest wait for a connection, in ms. */
const connectMs = 3000;
/** Pause between two looks whether the coordinator that was asked is still the active one, in ms. */
const lookMs = 500;

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
 * A standby forwards operators' requests to the active coordinator, so that the CLI and the page work on every control
 * plane and continue after a takeover.
 */
export function createPeers({ secret, ca, standing, now }: PeersOptions) {
  const pass = createPass(secret, now);
  // A machine without power must not hold up those who ask through this one.
  const agent = new ProbingAgent({ ca });
  const isPeerFor = (audience: Audience, request: IncomingMessage) =>
    pass.isGenuine(String(request.headers[headers.pass] ?? ''), audience);
  const isPeer = (request: IncomingMessage) => isPeerFor('operator', request) || isPeerFor('browser', request);

  function send(
    active: string,
    audience: Audience,
    request: Request,
    response: Response,
    fail: (error: Error) => void,
  ) {
    const path = audience === 'operator' ? peerPath : '';
    const { hostname, port } = new URL(active);
    const upstream = ask(
      {
        ...{ agent, hostname, port, method: request.method, path: path + request.originalUrl },
        headers: { ...forwarded(request), [headers.pass]: pass.issue(audience), [headers.client]: addressOf(request) },
        servername: isIP(hostname) === 0 ? hostname : '',
        // The Host header is the browser's, for the check of a request's origin.
        checkServerIdentity: (_name, certificate) => checkServerIdentity(hostname, certificate),
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        pipeline(answer, response, () => undefined);
      },
    );
    const late = setTimeout(() => upstream.destroy(new Error(`no connection within ${connectMs} ms`)), connectMs);
    upstream.once('socket', (socket) => socket.once('secureConnect', () => clearTimeout(late)));
    // Without power the former active one is silent, and its requests and event streams would wait for their time limit.
    const look = setInterval(() => {
      if (standing.state() !== 'standby' || standing.active() !== active)
        upstream.destroy(new Error('another coordinator is the active one'));
    }, lookMs);
    upstream.once('close', () => {
      clearTimeout(late);
      clearInterval(look);
    });
    upstream.once('error', (cause) => fail(new MusterError('no-active', {}, { cause })));
    response.once('close', () => upstream.destroy());
    request.pipe(upstream);
  }

  return {
    /** Forwards the request if this coordinator is a standby that knows the active one. */
    toActive:
      (audience: Audience): RequestHandler =>
      (request, response, next) => {
        const active = standing.state() === 'standby' ? standing.active() : '';
        // A request is forwarded once: two standbys could name each other.
        if (active === '' || isPeer(request)) return next();
        send(active, audience, request, response, next);
      },
    /** Takes over the client's address from another coordinator. */
    hear: ((request, _response, next) => {
      const client = request.headers[headers.client];
      // Anyone may be behind it: the connection becomes known with a session.
      if (typeof client === 'string' && isPeer(request)) setAddress(request, client);
      next();
    }) satisfies RequestHandler,
    /** Throws MusterError 401 `peer-unknown` unless another coordinator asks for its operator. */
    require: ((request, _response, next) => {
      if (!isPeerFor('operator', request)) throw new MusterError('peer-unknown');
      noteKnown(request);
      next();
    }) satisfies RequestHandler,
  };
}

/** What belongs to the connection, or what only a coordinator may say, is not forwarded. */
function forwarded(request: Request): OutgoingHttpHeaders {
  const own: readonly string[] = ['connection', 'keep-alive', headers.pass, headers.client];
  return Object.fromEntries(Object.entries(request.headers).filter(([name]) => !own.includes(name)));
}
