import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { type CertificateOptions, type Certificates, ensureCertificates, renewCertificates } from './certificates.ts';
import { parseListen, parseUrl } from './listen.ts';

export interface IdentityOptions {
  state: string;
  listen: string;
  /** Where agents reach the coordinator. */
  url: () => string;
  /** The address that the plan gives it. */
  address: () => string;
  now: () => Date;
  log: Logger;
}

export type Identity = Awaited<ReturnType<typeof openIdentity>>;

/** The certificates that agents know this coordinator by, for every address that it is reached at. */
export async function openIdentity(options: IdentityOptions) {
  const { state, log } = options;
  let certificates = await ensureCertificates(state, reachedAt(options));

  return {
    current: (): Certificates => certificates,
    /** For a plan that moves the coordinator to another address. Never throws. Returns whether there may be another certificate. */
    async renew(): Promise<boolean> {
      try {
        certificates = await renewCertificates(state, reachedAt(options));
        return true;
      } catch (error) {
        log.error(`cannot renew the certificate: ${messageOf(error)}`);
        return false;
      }
    },
  };
}

/** Every address and name that the server's certificate has to carry. */
function reachedAt({ listen, url, address, now }: IdentityOptions): CertificateOptions {
  const own = [parseUrl(url()).hostname, address(), parseListen(listen).host, hostname()];
  const reached = own.filter((name) => name !== '0.0.0.0' && name !== '::').map((name) => name.replace(/^\[|\]$/g, ''));
  return {
    addresses: reached.filter((name) => isIP(name) !== 0),
    names: reached.filter((name) => isIP(name) === 0),
    now: now(),
  };
}
