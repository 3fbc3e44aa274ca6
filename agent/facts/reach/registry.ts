import { z } from 'zod';
import { jsonOrUndefined } from '../../../shared/json.ts';
import { pauseImage } from '../../../shared/kubeadm/runtime.ts';
import type { ClusterSettings } from '../../../shared/plan/schema.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import { type Answer, type AskOptions, ask, attemptOf, patience } from './attempt.ts';

/** A registry's answer to a request for a token has either name. */
const tokenSchema = z.object({ token: z.string().optional(), access_token: z.string().optional() });

type Attempting = Pick<AskOptions, 'via' | 'ca'>;
type How = Attempting & { pauseTag: string | null };
type Reached = NonNullable<Facts['reach']>;

const manifestTypes = [
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
].join(', ');

/**
 * Probes the image registry and its mirrors, and whether the registry has this version's pause image. `how.ca`: the
 * authorities of this host, which the runtime uses. `pauseTag`: null: kubeadm is not installed.
 */
export async function reachRegistry(
  { kubernetes, runtime }: ClusterSettings,
  { pauseTag, ...how }: How,
): Promise<Pick<Reached, 'registry' | 'pauseImage' | 'mirrors'>> {
  const image = pauseImage(kubernetes, pauseTag);
  const [registry = ''] = image.split('/');
  const base = `${runtime.insecureRegistries.includes(registry) ? 'http' : 'https'}://${registry}/v2/`;
  const mirrors = [...new Set(Object.values(runtime.registryMirrors).flat())].slice(0, 8);
  const [answer, manifest, mirrored] = await Promise.all([
    ask(base, { ...how, alsoFine: [401, 403] }),
    askManifest(base, image.slice(registry.length + 1), how),
    Promise.all(mirrors.map((url) => ask(`${url.replace(/\/$/, '')}/v2/`, { ...how, alsoFine: [401, 403, 404] }))),
  ]);
  return { registry: attemptOf(answer), pauseImage: attemptOf(manifest), mirrors: mirrored.map(attemptOf) };
}

/** Asks as runtimes do: first without a token, then with one from the registry's token service. */
async function askManifest(base: string, image: string, how: Attempting): Promise<Answer> {
  const [name, tag] = image.split(':');
  const url = `${base}${name}/manifests/${tag}`;
  const headers = { accept: manifestTypes };
  const answer = await ask(url, { ...how, headers });
  if (answer.status !== 401) return answer;
  const token = await tokenFor(String(answer.headers['www-authenticate'] ?? ''), how);
  if (token === null || answer.ms > patience) return { ...answer, result: 'unknown' };
  return ask(url, { ...how, headers: { ...headers, authorization: `Bearer ${token}` } });
}

/** The anonymous token for a `Bearer realm="…",service="…",scope="…"` challenge; null: none available. */
async function tokenFor(challenge: string, how: Attempting): Promise<string | null> {
  const fields = new Map(
    [...challenge.matchAll(/(?<!\w)(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
  );
  const realm = fields.get('realm');
  if (realm === undefined || !/^https?:\/\//.test(realm)) return null;
  const url = new URL(realm);
  for (const key of ['service', 'scope']) if (fields.has(key)) url.searchParams.set(key, fields.get(key) ?? '');
  const { result, body } = await ask(url.toString(), how);
  if (result !== 'ok') return null;
  const answer = tokenSchema.safeParse(jsonOrUndefined(body.toString()));
  return answer.data?.token ?? answer.data?.access_token ?? null;
}
