import { createHash, X509Certificate } from 'node:crypto';

/** How kubeadm pins a CA: `sha256:` and the SHA-256 of its public key's DER. Throws for what is not a PEM certificate. */
export function caPin(pem: string): string {
  const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  return `sha256:${createHash('sha256').update(spki).digest('hex')}`;
}

/** SHA-256 of a CA certificate's DER, as 64 hexadecimal digits: a cluster's identity. Throws for what is not a PEM certificate. */
export function caFingerprint(pem: string): string {
  return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
}
