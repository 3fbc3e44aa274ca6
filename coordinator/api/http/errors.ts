import type { ErrorRequestHandler, RequestHandler } from 'express';
import { MusterError, messageOf } from '../../../shared/errors/errors.ts';
import type { Logger } from '../../../shared/logger.ts';

/** Throws MusterError `not-found` for unmatched routes. */
export const notFound: RequestHandler = (request) => {
  throw new MusterError('not-found', { method: request.method, path: request.path });
};

/** Sends any error as a Problem. Internal details are logged, not sent. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const problem = problemOf(error);
    if (problem.status >= 500 && problem.retryAfter === undefined) {
      log.error(messageOf(error), { path: request.path, stack: (error as Error)?.stack });
    }
    response.locals.problem = problem.code;
    if (response.headersSent) return void response.destroy();
    if (problem.retryAfter !== undefined) response.set('Retry-After', String(problem.retryAfter));
    // An unread body would be parsed as the next request.
    if (!request.complete) response.set('Connection', 'close');
    response.status(problem.status).json(problem.toProblem());
  };
}

function problemOf(error: unknown): MusterError {
  if (error instanceof MusterError) return error;
  const { type, status, code, limit } = error as { type?: string; status?: number; code?: string; limit?: number };
  if (type === 'entity.too.large') {
    return new MusterError('too-large', { limit: limit ?? 0 });
  }
  if (code === 'ERR_SQLITE_ERROR') {
    return new MusterError('storage', { reason: messageOf(error) }, { cause: error });
  }
  if (status !== undefined && status >= 400 && status < 500) {
    return new MusterError('bad-request', { status }, { status, cause: error });
  }
  return new MusterError('internal', {}, { cause: error });
}
