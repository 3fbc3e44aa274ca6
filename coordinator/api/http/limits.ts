import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { MusterError } from '../../../shared/errors/errors.ts';

/** At most so many requests a minute from one address; 429 with Retry-After beyond. Stands before any secret is looked at. */
export function perMinute(limit: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    // Such headers are neither read nor trusted, so they are no misconfiguration either.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler(_request, _response, next) {
      next(new MusterError('too-many', { limit }));
    },
  });
}
