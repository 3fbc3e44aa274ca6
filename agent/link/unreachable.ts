import { exitCode, MusterError } from '../../shared/errors/errors.ts';

/** What OpenSSL and Node say of a certificate that is not to be trusted: no waiting mends it. */
const untrusted = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** A request that got no answer, as an error for people. */
export function unreachable(url: string, error: Error & { code?: string }): MusterError {
  if (untrusted.has(error.code ?? ''))
    return new MusterError(
      'untrusted-coordinator',
      `What answers at ${url} is not this host’s coordinator (${error.message}).`,
      {
        status: 495,
        exit: exitCode.notPermitted,
        remedy: 'If the coordinator was set up anew, paste a new one-liner on this host: sudo muster token create HOST',
        cause: error,
      },
    );
  return new MusterError('unreachable', `The coordinator at ${url} does not answer (${error.message}).`, {
    status: 503,
    exit: exitCode.unavailable,
    remedy: 'On the coordinator’s machine: systemctl status muster-coordinator. From here its port must be open.',
    cause: error,
  });
}
