import { createHash, randomBytes } from 'node:crypto';
import diagnosticsChannel from 'node:diagnostics_channel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServeOptions } from '../../coordinator/server/serve.ts';
import { serve } from '../../coordinator/server/serve.ts';
import { silentLogger } from '../../shared/logger.ts';
import type { Role } from '../../shared/plan/schema.ts';
import type { EnrolRequest } from '../../shared/protocol/enrolment.ts';
import type { ClusterFacts, Facts, NodeFacts } from '../../shared/protocol/facts.ts';
import type { Report, StepResult } from '../../shared/protocol/report.ts';
import { stepsOf } from '../../shared/steps/catalogue.ts';
import { sampleFacts } from '../agent/samples.ts';

/** The addresses in planText(). */
export const addresses = { master01: '10.77.0.1', node01: '10.77.0.11', node02: '10.77.0.12' };

export function planText(more = ''): string {
  return `cluster: demo
kubernetes:
  version: 1.23.0
  packages: aliyun
runtime: docker
network:
  plugin: {calico: v3.24.1}
hosts:
  - {name: master01, address: ${addresses.master01}, role: control-plane}
  - {name: node01, address: ${addresses.node01}, role: worker, labels: {disk: ssd}, taints: ['dedicated=gpu:NoSchedule']}
  - {name: node02, address: ${addresses.node02}, role: worker}
${more}`;
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server sent; tests say what they expect
  body: any;
  text: string;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON; a string is sent unchanged. */
  body?: unknown;
  signal?: AbortSignal;
}

export type TestCoordinator = Awaited<ReturnType<typeof start>>;

export function tempFolder(): string {
  return mkdtempSync(join(tmpdir(), 'muster-coordinator-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A real coordinator over HTTPS and a Unix socket, in `folder` or in a new one that stop() removes. */
export async function start(options: Partial<ServeOptions> & { folder?: string; planText?: string } = {}) {
  const { folder = tempFolder(), planText: text = planText(), ...rest } = options;
  const files = { plan: join(folder, 'cluster.yaml'), socket: join(folder, 'sock'), state: join(folder, 'state') };
  writeFileSync(files.plan, text);
  const controller = new AbortController();
  const running = await serve({
    ...files,
    listen: '127.0.0.1:0',
    artefacts: join(folder, 'artefacts'),
    log: silentLogger(),
    signal: controller.signal,
    ...rest,
  });
  const agent = new https.Agent({ keepAlive: true, maxSockets: 200, ca: running.caPem });

  const open = new Set<Promise<Answer>>();

  const ask = (path: string, request: Ask = {}): Promise<Answer> => {
    const answer = send(https, { host: '127.0.0.1', port: running.port, path, agent }, request);
    const settled = () => void open.delete(answer);
    open.add(answer);
    answer.then(settled, settled);
    return answer;
  };

  return {
    ...running,
    ...files,
    folder,
    ask,
    operator: (path: string, request: Ask = {}): Promise<Answer> =>
      send(http, { socketPath: files.socket, path }, request),
    /** The token's secret in the printed install command. */
    async token(request: { host: string } | { workers: true }): Promise<string> {
      const answer = await send(
        http,
        { socketPath: files.socket, path: '/v1/tokens' },
        { method: 'POST', body: request },
      );
      return /muster-[\w-]+/.exec(answer.body.command)?.[0] ?? '';
    },
    async stop({ keep = false } = {}): Promise<void> {
      controller.abort();
      await running.stopped;
      // The client shares this event loop: it may not have read yet what the coordinator sent before it closed.
      await Promise.allSettled(open);
      agent.destroy();
      if (!keep) removeFolder(folder);
    },
  };
}

export function send(via: typeof http | typeof https, target: https.RequestOptions, ask: Ask): Promise<Answer> {
  const { body, method = body === undefined ? 'GET' : 'POST', headers, signal } = ask;
  const payload = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const type = payload === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const options = { ...target, method, headers: { ...type, ...headers }, ...(signal ? { signal } : {}) };
    const request = via.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isPlain = response.headers['content-encoding'] === undefined;
        const isJson = isPlain && response.headers['content-type']?.includes('json') && text !== '';
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          body: isJson ? JSON.parse(text) : null,
        });
      });
    });
    request.on('error', reject);
    request.end(payload);
  });
}

/** Resolves once that many more requests have reached a server of this process and their handlers are waiting. */
export function requestsWait(count: number): Promise<void> {
  const channel = diagnosticsChannel.channel('http.server.request.start');
  return new Promise((resolve) => {
    let left = count;
    const seen = () => {
      left -= 1;
      if (left > 0) return;
      channel.unsubscribe(seen);
      // The handlers start in this turn of the event loop and in the next.
      setImmediate(() => setImmediate(resolve));
    };
    channel.subscribe(seen);
  });
}

export function secret(): { credential: string; credentialSha256: string } {
  const credential = randomBytes(32).toString('base64url');
  return { credential, credentialSha256: createHash('sha256').update(credential).digest('hex') };
}

export function bearer(value: string): { authorization: string } {
  return { authorization: `Bearer ${value}` };
}

export function enrolRequest(more: Partial<EnrolRequest> = {}): EnrolRequest {
  return {
    credentialSha256: secret().credentialSha256,
    hostname: 'debian',
    addresses: [addresses.master01],
    machineId: 'm',
    bootId: 'b',
    agentVersion: '0.1.0',
    os: { id: 'debian', versionId: '12' },
    arch: 'x64',
    now: new Date().toISOString(),
    ...more,
  };
}

/** Enrols a host as its agent would, and returns what the agent can then do. */
export async function enrolled(coordinator: TestCoordinator, host: keyof typeof addresses) {
  const { credential, credentialSha256 } = secret();
  const token = await coordinator.token({ host });
  const body = enrolRequest({ credentialSha256, addresses: [addresses[host]] });
  const answer = await coordinator.ask('/v1/enrol', { body, headers: bearer(token) });
  if (answer.status !== 200) throw new Error(answer.text);
  const headers = bearer(credential);
  return {
    credential,
    headers,
    report: (more: Partial<Report> = {}) => coordinator.ask('/v1/reports', { headers, body: report(host, more) }),
    target: ({ wait = 0, etag = '', signal }: { wait?: number; etag?: string; signal?: AbortSignal } = {}) =>
      coordinator.ask(`/v1/target?wait=${wait}`, {
        headers: { ...headers, ...(etag === '' ? {} : { 'if-none-match': etag }) },
        ...(signal ? { signal } : {}),
      }),
    joinCredential: (wait: number, recipient?: string) =>
      coordinator.ask(`/v1/join-credentials?wait=${wait}`, { method: 'POST', headers, body: { recipient } }),
    result: (id: string, body: unknown) => coordinator.ask(`/v1/duties/${id}`, { headers, body }),
  };
}

export function report(host: string, more: Partial<Report> = {}): Report {
  return { host, bootId: 'b', sentAt: new Date().toISOString(), agentVersion: '0.1.0', ...more };
}

export function node(name: string, more: Partial<NodeFacts> = {}): NodeFacts {
  return {
    name,
    ready: true,
    reason: '',
    kubeletVersion: 'v1.23.0',
    runtimeVersion: 'docker://20.10.24',
    labels: {},
    taints: [],
    ...more,
  };
}

export function step(id: StepResult['id'], state: StepResult['state'], more: Partial<StepResult> = {}): StepResult {
  return { id, state, startedAt: null, endedAt: null, attempts: 0, message: '', remedy: '', ...more };
}

export function allDone(
  bootstrap: 'init' | 'join',
  role: Role = bootstrap === 'init' ? 'control-plane' : 'worker',
): StepResult[] {
  return stepsOf(bootstrap, role).map(({ id }) => step(id, 'done'));
}

export function cluster(caPem: string, more: Partial<ClusterFacts> = {}): ClusterFacts {
  const der = Buffer.from(caPem.replace(/-----[^-]+-----/g, ''), 'base64');
  return {
    caPem,
    caSha256: createHash('sha256').update(der).digest('hex'),
    joinable: true,
    nodes: [],
    observedAt: new Date().toISOString(),
    ...more,
  };
}

export function facts(changes: Partial<Facts> = {}): Facts {
  return sampleFacts({
    addresses: [{ interface: 'eth0', address: addresses.node01, mac: '52:54:00:00:00:01', family: 'ipv4' }],
    ports: [{ port: 10250, process: 'kubelet' }],
    runtimes: [{ name: 'docker', version: '20.10.24', active: true, cgroupDriver: 'systemd' }],
    packages: { kubeadm: '1.23.0-00', kubelet: '1.23.0-00', kubectl: '1.23.0-00' },
    hostnameAddresses: [addresses.node01],
    ...changes,
  });
}
