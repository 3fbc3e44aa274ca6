import type { IncomingMessage } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { MusterError } from '../../../shared/errors/errors.ts';
import { hostNamed } from '../../../shared/plan/lookup.ts';
import { standingHeader } from '../../../shared/protocol/coordinators.ts';
import { machineHeaders } from '../../../shared/protocol/enrolment.ts';
import { revisionHeader } from '../../../shared/protocol/revision.ts';
import { machineIdText } from '../../../shared/protocol/text.ts';
import type { Sighting } from '../../enrolment/judge.ts';
import { createQuota, type QuotaOptions } from '../../store/quota.ts';
import { sha256 } from '../../store/secrets.ts';
import { authenticate } from '../../upkeep/rotation.ts';
import type { Coordinator } from '../parts.ts';
import { addressOf, noteKnown } from './address.ts';

/** The token of `Authorization: Bearer TOKEN`, or null. */
export function bearer(request: IncomingMessage): string | null {
  return /^Bearer ([\w.~+/=-]{1,512})$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/** Rejects requests without a bearer token before the body is read. `enrol` verifies the token. */
export const requireEnrolmentToken: RequestHandler = (request, _response, next) => {
  if (bearer(request) !== null) return next();
  throw new MusterError('token-missing');
};

type AgentParts = Pick<Coordinator, 'store' | 'plan' | 'contacts' | 'fence' | 'machines' | 'now' | 'standing'>;

/**
 * Authenticates an agent by its credential before the body is read. Answers 401 `credential-unknown`, 410
 * `host-retired` for a retired host, 403 `machine-out` for a machine that the operator did not pick, 429
 * `host-too-busy` for a worker beyond `load`, so that it can occupy neither the event loop nor the disk. A control
 * plane's results of duties grow with the number of hosts that join.
 */
export function requireAgent(
  { store, plan, contacts, fence, machines, now, standing }: AgentParts,
  load: QuotaOptions,
): RequestHandler {
  const quota = createQuota(load);
  return (request, response, next) => {
    const credential = bearer(request);
    const credentialSha256 = credential === null ? '' : sha256(credential);
    const host = credential === null ? undefined : authenticate({ store, now: now() }, credentialSha256);
    if (host === undefined) {
      throw new MusterError('credential-unknown');
    }
    const isLimited = hostNamed(plan(), host)?.role !== 'control-plane';
    if (isLimited && !quota.take(host, now().getTime(), piecesOf(request))) {
      throw new MusterError('host-too-busy', { host });
    }
    if (store.intents.get(host)?.kind === 'retired') {
      throw new MusterError('host-retired', { host });
    }
    const sighting = sightingOf(request);
    const verdict = machines.saw(host, credentialSha256, sighting);
    if (verdict === 'out') {
      throw new MusterError('machine-out', { host });
    }
    contacts.saw(host);
    noteKnown(request, credentialSha256);
    response.locals.doubt = verdict === 'doubt';
    response.locals.bootId = sighting.bootId;
    fence.hear(host, request.headers[revisionHeader]?.toString());
    response.setHeader(revisionHeader, fence.seal());
    if (standing.state() === 'cut-off') response.setHeader(standingHeader, 'cut-off');
    response.setHeader('Cache-Control', 'no-store');
    response.locals.host = host;
    next();
  };
}

const pieceBytes = 16 * 1024;
/** A larger body is not JSON, and is streamed to a file. */
const mostPieces = 64;

/** How many small requests count as much. */
function piecesOf({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined) return mostPieces;
  const pieces = Math.ceil(Number(headers['content-length'] ?? 0) / pieceBytes);
  return Math.min(mostPieces, Math.max(1, pieces));
}

/** The host that `requireAgent` authenticated. */
export function hostOf(response: Response): string {
  return response.locals.host as string;
}

/** Rejects requests of a host whose credential two machines share. Runs after `requireAgent`. */
export const refuseDoubt: RequestHandler = (_request, response, next) => {
  if (response.locals.doubt === true) {
    const host = hostOf(response);
    throw new MusterError('two-machines', { host });
  }
  next();
};

function sightingOf(request: IncomingMessage): Sighting {
  const header = (name: string) => {
    const value = request.headers[name];
    return typeof value === 'string' ? machineIdText.parse(value) || null : null;
  };
  return {
    bootId: header(machineHeaders.bootId),
    machineId: header(machineHeaders.machineId),
    address: addressOf(request),
  };
}
