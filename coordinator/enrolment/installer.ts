import { z } from 'zod';
import { routes } from '../../shared/protocol/enrolment.ts';
import { planKeyPattern } from '../../shared/protocol/signed-plan.ts';
import { sha256Hex } from '../../shared/protocol/text.ts';

/**
 * Values inserted into a script that root runs must match these forms, which contain no shell metacharacter. A mismatch
 * is a bug or a broken installation, and throws.
 */
const url = z.string().regex(/^https:\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/i, 'an https URL without a path');
const pem = z
  .string()
  .trim()
  .regex(/^-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=]+\n)+-----END CERTIFICATE-----$/, 'one certificate, PEM');
const publicKey = z
  .string()
  .trim()
  .regex(/^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=]+\n)+-----END PUBLIC KEY-----$/, 'one public key, PEM');
const artefact = z.object({ name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/), sha256: sha256Hex });
const partsSchema = z.object({
  template: z.string(),
  /** Of all coordinators, in the order in which they are asked. */
  urls: z.array(url).min(1),
  caPem: pem,
  releaseKey: publicKey,
  artefacts: z.array(artefact),
});

const lineSchema = z.object({
  /** Of all coordinators, in the order in which they are asked. */
  urls: z.array(url).min(1),
  /** Base64 of the SHA-256 of the server's public key. */
  pin: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  token: z.string().regex(/^[A-Za-z0-9_-]+$/),
  /** Key of signed plans that the host pins; absent: none. */
  planKey: z.string().regex(planKeyPattern).optional(),
});

export type InstallerParts = z.input<typeof partsSchema>;

/** Fills in deploy/install.sh. Throws unless each placeholder appears exactly once. */
export function renderInstaller(parts: InstallerParts): string {
  const { template, urls, caPem, releaseKey, artefacts } = partsSchema.parse(parts);
  const list = artefacts.map(({ name, sha256 }) => `${sha256} ${name}`).join('\n');
  const values = { COORDINATORS: urls.join(' '), CA: caPem, RELEASE_KEY: releaseKey, ARTEFACTS: list };
  return Object.entries(values).reduce((text, [name, value]) => {
    const [before, after, ...more] = text.split(`@${name}@`);
    if (before === undefined || after === undefined || more.length > 0) {
      throw new Error(`the installer's template must have @${name}@ exactly once`);
    }
    return before + value + after;
  }, template);
}

const curl = (pin: string, address: string, retries: string) =>
  `curl -fsSk --noproxy '*' ${retries} --retry-connrefused --pinnedpubkey 'sha256//${pin}' ${address}${routes.installer}`;

/** The installer on standard output, from the first coordinator that answers; otherwise a line that fails. */
function download(urls: readonly string[], pin: string): string {
  const [url, ...others] = urls;
  const failed = "printf '\\nexit %d\\n' $?";
  if (url === undefined || others.length === 0) {
    return `{ ${curl(pin, url ?? '', '--connect-timeout 5 --retry 9 --retry-delay 2')} || ${failed}; }`;
  }
  // What was received of a broken download is not printed.
  const get = `s=$(${curl(pin, '$c', '--connect-timeout 3 --retry 2 --retry-delay 1')})`;
  return `{ for c in ${[...urls, ...urls].join(' ')}; do ${get} && break; done && printf '%s\\n' "$s" || ${failed}; }`;
}

/**
 * The install command, for a user with sudo and for a root shell.
 *
 * The pin, the same for all coordinators, authenticates the server before any byte of the script runs; -k only skips
 * the check against public CAs. A failed or partial download gets an `exit` line, so that the shell that reads it fails
 * too. The token is in the environment because arguments appear in the process list and in sudo's log. Proxies are
 * bypassed: they have no route to the coordinator.
 */
export function oneLiner(parts: z.input<typeof lineSchema>): { sudo: string; root: string } {
  const { urls, pin, token, planKey } = lineSchema.parse(parts);
  const given = `MUSTER_TOKEN=${token}${planKey === undefined ? '' : ` MUSTER_PLAN_KEY=${planKey}`}`;
  return {
    sudo: `${download(urls, pin)} | ${given} sudo -E sh`,
    root: `${download(urls, pin)} | ${given} sh`,
  };
}
