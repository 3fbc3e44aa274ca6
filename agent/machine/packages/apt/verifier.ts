import type { HostView } from '../../../host/host.ts';
import type { Refusal, Signed } from '../packages.ts';
import { type PublicKey, publicKeys, type Signature, signaturesIn } from '../pgp.ts';

/** apt 3 verifies with sqv, under the first of these policies; older releases use gpgv. */
const verifier = '/usr/lib/apt/methods/sqv';
const policies = [
  '/etc/crypto-policies/back-ends/apt-sequoia.config',
  '/var/lib/crypto-config/profiles/current/apt-sequoia.config',
  '/etc/crypto-policies/back-ends/sequoia.config',
  '/var/lib/crypto-config/profiles/current/sequoia.config',
  '/usr/share/apt/default-sequoia.config',
];

const sha1 = 2;
const settings = { v3: 'signature.v3', 'sha1-key': 'sha1.second_preimage_resistance' };

/** Judges the signatures of a Release file; one that is accepted is enough. null: there is none. */
export async function judgeSignatures(host: HostView, text: string, key: Buffer, now: number): Promise<Signed | null> {
  const keys = publicKeys(key);
  const signatures = signaturesIn(text);
  if (signatures.length === 0) return null;
  const policy = await policyOf(host);
  const judged = signatures.map((signature) => {
    const key = keys.find(({ id }) => id === signature.issuer);
    const end = key?.expires ?? null;
    // sqv accepts what was signed before its key ended.
    const isPast = policy !== null && end !== null && signature.at < end && end <= now;
    const refusal = refusalOf({ signature, key }, policy, now);
    return { isKnown: key !== undefined, expires: isPast ? null : end, refusal };
  });
  const inKeyring = judged.filter(({ isKnown }) => isKnown);
  return inKeyring.find(({ refusal }) => refusal === null) ?? inKeyring[0] ?? judged[0] ?? null;
}

interface Made {
  signature: Signature;
  key: PublicKey | undefined;
}

/** Why this host's apt refuses a signature now; null: it does not. */
function refusalOf({ signature, key }: Made, policy: string | null, now: number): Refusal | null {
  // Every apt refuses SHA-1 here; only sqv looks at the rest.
  if (signature.hash === sha1) return { weakness: 'sha1', since: '' };
  const weaknesses = [
    ...(signature.version === 3 ? (['v3'] as const) : []),
    ...(key?.hash === sha1 ? (['sha1-key'] as const) : []),
  ];
  for (const weakness of weaknesses) {
    const since = policy === null ? null : cutOff(policy, settings[weakness]);
    if (since !== null && Date.parse(since) <= now) return { weakness, since };
  }
  return null;
}

/** sqv's policy; null: this host verifies with gpgv. */
async function policyOf(host: HostView): Promise<string | null> {
  return (await host.exists(verifier)) ? ((await firstOf(host, policies)) ?? '') : null;
}

async function firstOf(host: HostView, paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const text = await host.readFile(path);
    if (text !== null) return text;
  }
  return null;
}

/** The day from which something is refused, such as `signature.v3 = 2026-02-01`; null: always accepted. */
function cutOff(policy: string, name: string): string | null {
  const [, day] =
    new RegExp(`^\\s*${name.replaceAll('.', '\\.')}\\s*=\\s*"?(\\d{4}-\\d{2}-\\d{2})`, 'm').exec(policy) ?? [];
  return day ?? null;
}
