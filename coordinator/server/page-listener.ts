import { readFileSync, statSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import https from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import { MusterError, messageOf } from '../../shared/errors/errors.ts';
import { reasonOf } from '../../shared/errors/reason.ts';
import type { Logger } from '../../shared/logger.ts';
import { guard, tlsOptions } from './connections/guard.ts';

/** Maximum time until a renewed certificate is used, in ms. */
const lookEveryMs = 60_000;

export interface PageCertificate {
  /** PEM files: the certificate with its chain, and its key. */
  cert: string;
  key: string;
}

/**
 * A server for the status page with a certificate that browsers trust, besides the coordinator's own, which agents pin.
 * Reloads the files when they change. Throws MusterError `page-certificate` if they are unusable.
 */
export function createPageServer(files: PageCertificate, app: RequestListener, log: Logger) {
  let read = markOf(files);
  const server = https.createServer({ ...tlsOptions, ...contextOf(files) }, app);
  guard(server);
  const timer = setInterval(() => {
    try {
      const mark = markOf(files);
      if (mark === read) return;
      read = mark;
      server.setSecureContext(contextOf(files));
      log.info('status page certificate reloaded');
    } catch (error) {
      log.warn(`cannot reload the status page certificate: ${messageOf(error)}`);
    }
  }, lookEveryMs);
  timer.unref();
  server.once('close', () => clearInterval(timer));
  return server;
}

function contextOf({ cert, key }: PageCertificate): SecureContextOptions {
  try {
    const context = { cert: readFileSync(cert), key: readFileSync(key) };
    https.createServer(context).close();
    return context;
  } catch (cause) {
    throw new MusterError('page-certificate', { cert, key, reason: reasonOf(cause) }, { cause });
  }
}

function markOf({ cert, key }: PageCertificate): string {
  return [cert, key].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0).join();
}
