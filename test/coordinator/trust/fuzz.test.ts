import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Description } from '../../../coordinator/api/http/endpoint.ts';
import { accessOf } from '../../../coordinator/api/http/mount.ts';
import { endpoints } from '../../../coordinator/server/apps.ts';
import { start, type TestCoordinator } from '../support.ts';
import { type CallerName, callerNames, callersOf, type Reply, type Request } from './callers.ts';
import { anyString, anyValue, createRandom, likeSchema, type Random } from './random.ts';

/** Requests per group; CI sends 10,000. */
const count = Number(process.env.MUSTER_FUZZ ?? 300);
const seed = Number(process.env.MUSTER_SEED ?? 1);

/** One waits for a host that never answers, the other packs the whole database; both are the operator’s own. */
const slow = ['collectSupportBundle', 'createBackup'];

/** Endpoints by who may call them. */
const groups = Object.entries(
  Object.groupBy(
    endpoints.filter(({ id }) => !slow.includes(id)),
    (endpoint) => accessOf(endpoint)[0] ?? 'anyone',
  ),
);
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];

let coordinator: TestCoordinator;
let callers: Awaited<ReturnType<typeof callersOf>>['callers'];
let secrets: string[];
beforeAll(async () => {
  coordinator = await start({ limits: { enrol: 1e9, login: 1e9, agents: { burst: 1e9, refillMs: 1 } } });
  ({ callers, secrets } = await callersOf(coordinator));
  // The page is built on its first request.
  await coordinator.ask('/login');
});
afterAll(() => coordinator.stop());

function requestOf(endpoint: Description, random: Random): Request {
  const path = endpoint.path.replace(/:\w+/g, () => encodeURIComponent(wellFormed(random)));
  const query = random.chance(0.4) ? `?${queryOf(endpoint, random)}` : '';
  const method = random.chance(0.05) ? random.pick(methods) : endpoint.method.toUpperCase();
  const isSent = endpoint.body !== undefined && ['POST', 'PUT', 'PATCH'].includes(method);
  return {
    method,
    path: path + query,
    headers: headersOf(random),
    ...(isSent ? { body: bodyOf(endpoint, random) } : {}),
  };
}

const wellFormed = (random: Random) => anyString(random).toWellFormed().slice(0, 300);

function queryOf({ query }: Description, random: Random): string {
  const names = ['wait', 'after', 'tail', 'lang', 'since', ...Object.keys(query?.shape ?? {})];
  const value = () => (random.chance(0.5) ? wellFormed(random) : String(random.pick([0, 1, -1, 1e9, 'zh'])));
  // A long poll that is answered at once.
  return names.map((name) => `${name}=${name === 'wait' ? 0 : encodeURIComponent(value())}`).join('&');
}

function headersOf(random: Random): Record<string, string> {
  const names = ['x-muster-boot-id', 'x-muster-revision', 'accept-language', 'last-event-id', 'range', 'if-none-match'];
  const value = () =>
    wellFormed(random)
      .replace(/[^\x20-\x7e]/g, '?')
      .slice(0, 200);
  return random.chance(0.2) ? { [random.pick(names)]: value() } : {};
}

function bodyOf({ body }: Description, random: Random): string {
  const kind = random.below(10);
  if (kind === 0) return wellFormed(random);
  if (kind === 1) return `${'['.repeat(random.below(3000))}`;
  if (kind === 2 || body === undefined) return JSON.stringify(anyValue(random)) ?? '';
  return JSON.stringify(likeSchema(body, random)) ?? '';
}

/** Seconds until an answer must have come, on a machine that does other work too. */
const patience = 15;

async function send(caller: CallerName, request: Request): Promise<Reply & { seconds: number }> {
  const began = performance.now();
  const reply = await callers[caller](request);
  return { ...reply, seconds: (performance.now() - began) / 1000 };
}

function faultOf(method: string, { status, code, headers, text, seconds }: Reply & { seconds: number }): string | null {
  if (status === 500 || (status > 500 && code === '' && method !== 'HEAD')) return `HTTP ${status} ${code}`;
  if (seconds > patience) return `${seconds} s`;
  if (headers['x-content-type-options'] !== 'nosniff') return 'no nosniff';
  return secrets.some((secret) => text.includes(secret)) ? 'a secret in the answer' : null;
}

describe(`seed ${seed}`, () => {
  it.each(groups)(
    '%s: nothing fails, hangs or tells a secret',
    async (name, members = []) => {
      const own = members.filter(({ id }) => !slow.includes(id));
      if (own.length === 0) return;
      const random = createRandom(seed + name.length * 1000);
      for (let sent = 0; sent < count; sent += 16) {
        const batch = Array.from({ length: Math.min(16, count - sent) }, () => ({
          caller: random.pick(callerNames),
          request: requestOf(random.pick(members), random),
        }));
        const replies = await Promise.all(batch.map(({ caller, request }) => send(caller, request)));
        for (const [index, reply] of replies.entries()) {
          const request = batch[index]?.request;
          const fault = faultOf(request?.method ?? '', reply);
          if (fault !== null)
            expect.fail(`${fault}: ${JSON.stringify(batch[index]).slice(0, 1000)} ${reply.text.slice(0, 300)}`);
        }
      }
      expect((await coordinator.ask('/healthz')).status).toBe(200);
    },
    600_000,
  );
});
