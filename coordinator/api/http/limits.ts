import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { MusterError } from '../../../shared/errors/errors.ts';
import { addressOf } from './address.ts';

const windowMs = 60_000;

type Limited = Request & { rateLimit?: { resetTime?: Date } };

/**
 * Limits requests per minute and address; answers 429 and, as Retry-After, the end of the minute. Does not count
 * requests for which `isExempt` holds.
 */
export function perMinute(limit: number, isExempt: (request: Request) => boolean = () => false): RequestHandler {
  return rateLimit({
    windowMs,
    limit,
    skip: isExempt,
    // Of the client, also behind another coordinator; IPv6 by subnet.
    keyGenerator: (request) => ipKeyGenerator(addressOf(request)),
    standardHeaders: false,
    legacyHeaders: false,
    // These headers are neither read nor trusted, so their presence is no misconfiguration.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler(request: Limited, _response, next) {
      const waitMs = (request.rateLimit?.resetTime?.getTime() ?? Date.now() + windowMs) - Date.now();
      next(new MusterError('too-many', { limit }, { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) }));
    },
  });
}
