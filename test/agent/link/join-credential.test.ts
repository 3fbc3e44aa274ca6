import { expect, it } from 'vitest';
import { requestJoinCredential } from '../../../agent/link/join-credential.ts';
import { createRecoveryKey } from '../../../shared/node/age.ts';
import { sealText } from '../../../shared/node/sealed-text.ts';

const certificateKey = 'ab'.repeat(32);
const credential = {
  ...{ token: 'abcdef.0123456789abcdef', expiresAt: '2026-01-01T00:15:00.000Z' },
  ...{ caPem: 'PEM', caSha256: 'cd'.repeat(32) },
};
const sealed = async (text: string, recipient: string) => (await sealText(text, recipient)).toString('base64');

it('opens the certificate key of a control plane with an identity that exists for this request only', async () => {
  const recipients: (string | null)[] = [];
  const ask = async (recipient: string | null) => {
    recipients.push(recipient);
    return { ...credential, sealedKey: await sealed(certificateKey, recipient ?? '') };
  };
  expect(await requestJoinCredential('control-plane', ask)).toEqual({ ...credential, certificateKey });
  await requestJoinCredential('control-plane', ask);
  expect(new Set(recipients).size).toBe(2);
});

it.each([
  ['no key', async () => undefined],
  ['a key for another identity', async () => sealed(certificateKey, (await createRecoveryKey()).publicKey)],
  ['a key that is none', async (recipient: string | null) => sealed('key: value', recipient ?? '')],
])('refuses %s', async (_, seal) => {
  const ask = async (recipient: string | null) => {
    const sealedKey = await seal(recipient);
    return sealedKey === undefined ? credential : { ...credential, sealedKey };
  };
  await expect(requestJoinCredential('control-plane', ask)).rejects.toMatchObject({ code: 'certificate-key-invalid' });
});

it('makes no identity for a worker', async () => {
  const ask = async (recipient: string | null) => {
    expect(recipient).toBeNull();
    return credential;
  };
  expect(await requestJoinCredential('worker', ask)).toEqual(credential);
});
