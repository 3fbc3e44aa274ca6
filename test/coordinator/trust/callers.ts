import http from 'node:http';
import https from 'node:https';
import { bearer, enrolled, type TestCoordinator } from '../support.ts';

/** Everyone who may ask, by the credential that they hold. */
export const callerNames = [
  'stranger',
  'guessed bearer',
  'enrolment token',
  'workers’ token',
  'worker',
  'control plane',
  'metrics token',
  'viewer',
  'operator',
  'socket',
] as const;
export type CallerName = (typeof callerNames)[number];

export interface Request {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}
export interface Reply {
  status: number;
  /** The problem's code; '' for other answers. */
  code: string;
  headers: http.IncomingHttpHeaders;
  text: string;
}

export type Caller = (request: Request) => Promise<Reply>;

/** Creates every credential. `secrets`: none of them may appear in an answer. */
export async function callersOf(
  coordinator: TestCoordinator,
): Promise<{ callers: Record<CallerName, Caller>; secrets: string[] }> {
  const tokens = [await coordinator.token({ host: 'node01' }), await coordinator.token({ workers: true })];
  const [worker, plane] = [await enrolled(coordinator, 'node02'), await enrolled(coordinator, 'master01')];
  const { token } = (await coordinator.operator('/v1/metrics-tokens', { method: 'POST' })).body;
  const [viewer, operator] = [await sessionOf(coordinator, 'viewer'), await sessionOf(coordinator, 'operator')];
  const agent = new https.Agent({ keepAlive: true, maxSockets: 16, ca: coordinator.caPem });
  const secure =
    (own: Record<string, string>): Caller =>
    ({ headers, ...request }) =>
      ask(https, { host: '127.0.0.1', port: coordinator.port, agent }, { ...request, headers: { ...headers, ...own } });
  return {
    callers: {
      stranger: secure({}),
      'guessed bearer': secure(bearer('x'.repeat(43))),
      'enrolment token': secure(bearer(tokens[0] ?? '')),
      'workers’ token': secure(bearer(tokens[1] ?? '')),
      worker: secure(worker.headers),
      'control plane': secure(plane.headers),
      'metrics token': secure(bearer(token)),
      viewer: secure({ cookie: viewer }),
      operator: secure({ cookie: operator }),
      socket: (request) => ask(http, { socketPath: coordinator.socket }, request),
    },
    secrets: [...tokens, worker.credential, plane.credential, token, viewer, operator],
  };
}

/** The cookie of a new session. */
async function sessionOf(coordinator: TestCoordinator, role: 'viewer' | 'operator'): Promise<string> {
  const { body } = await coordinator.operator('/v1/login-links', { body: { role } });
  const code = new URL(body.url).searchParams.get('code');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await coordinator.ask('/login', { method: 'POST', headers, body: `code=${code}` });
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** Sends a request and reads at most 64 kB of the answer: streams never end. */
function ask(via: typeof http | typeof https, target: https.RequestOptions, request: Request): Promise<Reply> {
  const { method, path, headers = {}, body } = request;
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = via.request({ ...target, method, path, headers: { ...type, ...headers } }, (response) => {
      let text = '';
      const done = () =>
        resolve({ status: response.statusCode ?? 0, code: codeOf(text), headers: response.headers, text });
      const isStream = response.headers['content-type']?.startsWith('text/event-stream');
      response.on('data', (chunk) => {
        text += chunk;
        if (text.length > 65_536) response.destroy();
      });
      response.on('close', done);
      if (isStream) setTimeout(() => response.destroy(), 50);
    });
    sent.setTimeout(20_000, () => sent.destroy(new Error(`no answer: ${method} ${path}`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

function codeOf(text: string): string {
  try {
    return (JSON.parse(text) as { code?: string }).code ?? '';
  } catch {
    return '';
  }
}
