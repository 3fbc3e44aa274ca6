import { createHash, X509Certificate } from 'node:crypto';

/**
 * CA pin in kubeadm's format: `sha256:` and the SHA-256 of the public key's DER. Throws if `pem` is not a certificate.
 */
export function caPin(pem: string): string {
  const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  return `sha256:${createHash('sha256').update(spki).digest('hex')}`;
}

/**
 * SHA-256 of a CA certificate's DER in hexadecimal (64 digits): a cluster's identity. Throws if `pem` is not a
 * certificate.
 */
export function caFingerprint(pem: string): string {
  return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
}
