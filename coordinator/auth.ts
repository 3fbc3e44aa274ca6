import type { IncomingMessage } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { MusterError } from '../shared/errors.ts';
import { revisionHeader } from '../shared/protocol/revision.ts';
import type { Coordinator } from './coordinator.ts';
import { authenticate } from './rotation.ts';
import { sha256 } from './tokens.ts';

/** The secret of `Authorization: Bearer SECRET`, or null. */
export function bearer(request: IncomingMessage): string | null {
  return /^Bearer ([\w.~+/=-]{1,512})$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/** Lets agents in by their credential, before anything of the body is read. Answers 401 `credential-unknown` to others. */
export function requireAgent({
  store,
  contacts,
  fence,
  now,
}: Pick<Coordinator, 'store' | 'contacts' | 'fence' | 'now'>): RequestHandler {
  return (request, response, next) => {
    const credential = bearer(request);
    const host = credential === null ? undefined : authenticate({ store, now: now() }, sha256(credential));
    if (host === undefined) {
      throw new MusterError('credential-unknown', 'this host’s credential is not known here', {
        status: 401,
        remedy: 'make a new line on the coordinator, muster token create HOST, and run it on this host',
      });
    }
    contacts.saw(host);
    fence.hear(host, request.headers[revisionHeader]?.toString());
    response.setHeader(revisionHeader, fence.seal());
    response.setHeader('Cache-Control', 'no-store');
    response.locals.host = host;
    next();
  };
}

/** The host that `requireAgent` has let in. */
export function hostOf(response: Response): string {
  return response.locals.host as string;
}
