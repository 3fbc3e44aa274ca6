import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { MusterError } from '../../../shared/errors/errors.ts';

/** Limits requests per minute and address; answers 429 with Retry-After. Runs before any secret is checked. */
export function perMinute(limit: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    // These headers are neither read nor trusted, so their presence is no misconfiguration.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler(_request, _response, next) {
      next(new MusterError('too-many', { limit }));
    },
  });
}
