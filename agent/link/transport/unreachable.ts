import { MusterError } from '../../../shared/errors/errors.ts';

/** OpenSSL and Node error codes for untrusted certificates; waiting does not help. */
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

/** Converts a failed request into a MusterError: `untrusted-coordinator` or `unreachable`. */
export function unreachable(url: string, error: Error & { code?: string }): MusterError {
  if (untrusted.has(error.code ?? ''))
    return new MusterError('untrusted-coordinator', { url, reason: error.message }, { cause: error });
  return new MusterError('unreachable', { url, reason: error.message }, { cause: error });
}
