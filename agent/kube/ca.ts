import { createHash, X509Certificate } from 'node:crypto';

/** SHA-256 of a CA certificate's DER, as 64 hexadecimal digits: a cluster's identity. Throws for what is not a PEM certificate. */
export function caFingerprint(pem: string): string {
  return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
}
