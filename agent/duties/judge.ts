import { z } from 'zod';
import { messageOf } from '../../shared/errors/errors.ts';
import { parseCertificateRequest } from './certificate-request.ts';

/**
 * A CertificateSigningRequest of certificates.k8s.io/v1. Loose, because it is sent back whole with a condition added.
 */
export const signingRequestSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    request: z.base64(),
    signerName: z.string(),
    username: z.string().optional(),
    usages: z.array(z.string()).optional(),
  }),
  status: z.looseObject({ conditions: z.array(z.looseObject({ type: z.string() })).optional() }).optional(),
});
export type SigningRequest = z.infer<typeof signingRequestSchema>;

/** `other`: made with another credential, so outside this duty. */
export type Verdict = { verdict: 'approve' } | { verdict: 'deny'; why: string } | { verdict: 'other' };

export const kubeletSigner = 'kubernetes.io/kube-apiserver-client-kubelet';

/**
 * Whether a request made with the bootstrap token `tokenId` may become the client certificate of `host`. The API server
 * sets `username` from the requester's credential, so it can be trusted.
 */
export function judge({ spec }: SigningRequest, { host, tokenId }: { host: string; tokenId: string }): Verdict {
  if (spec.username !== `system:bootstrap:${tokenId}`) return { verdict: 'other' };
  if (spec.signerName !== kubeletSigner) return { verdict: 'deny', why: `it is for the signer ${spec.signerName}` };
  const usages = [...(spec.usages ?? [])].sort().join(', ');
  // Since 1.27, a kubelet with an elliptic curve key omits key encipherment.
  if (usages !== 'client auth, digital signature' && usages !== 'client auth, digital signature, key encipherment') {
    return { verdict: 'deny', why: `it is for the usages ${usages}` };
  }
  return judgeSubject(Buffer.from(spec.request, 'base64').toString('latin1'), host);
}

function judgeSubject(pem: string, host: string): Verdict {
  try {
    const { subject, hasAttributes } = parseCertificateRequest(pem);
    const text = subject.map(([type, value]) => `${type}=${value}`);
    const wanted = ['O=system:nodes', `CN=system:node:${host}`];
    if (text.length !== 2 || wanted.some((part) => !text.includes(part))) {
      return { verdict: 'deny', why: `it is for ${JSON.stringify(text.join(','))}` };
    }
    return hasAttributes ? { verdict: 'deny', why: 'it asks for extensions' } : { verdict: 'approve' };
  } catch (error) {
    return { verdict: 'deny', why: `it can't be read: ${messageOf(error)}` };
  }
}
