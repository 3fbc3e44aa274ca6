import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { type CertificateOptions, type Certificates, ensureCertificates, renewCertificates } from './certificates.ts';
import { parseListen, parseUrl } from './connections/listen.ts';

export interface IdentityOptions {
  state: string;
  listen: string;
  /** Where agents reach the coordinator. */
  url: () => string;
  /** Of all planned coordinators. */
  addresses: () => readonly string[];
  now: () => Date;
  log: Logger;
}

export type Identity = Awaited<ReturnType<typeof openIdentity>>;

/** The certificates by which agents know this coordinator, valid for all its addresses. */
export async function openIdentity(options: IdentityOptions) {
  const { state, log } = options;
  let certificates = await ensureCertificates(state, reachedAt(options));

  return {
    current: (): Certificates => certificates,
    /**
     * Renews the certificate if the plan changed the coordinator's address. Never throws. Returns whether the
     * certificate may have changed.
     */
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

/** All addresses and names that the server certificate must contain. */
function reachedAt({ listen, url, addresses, now }: IdentityOptions): CertificateOptions {
  const own = [parseUrl(url()).hostname, ...addresses(), parseListen(listen).host, hostname()];
  const reached = own.filter((name) => name !== '0.0.0.0' && name !== '::').map((name) => name.replace(/^\[|\]$/g, ''));
  return {
    addresses: reached.filter((name) => isIP(name) !== 0),
    names: reached.filter((name) => isIP(name) === 0),
    now: now(),
  };
}
