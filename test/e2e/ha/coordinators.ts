import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { clientCertificate } from '../../../agent/kube/client-certificate.ts';
import { coordinatorsGroup, coordinatorUser } from '../../../shared/kube/coordinator-objects.ts';
import { type Answer, type Ask, send } from '../../coordinator/support.ts';
import type { ControlPlane } from './api-server.ts';

const program = new URL('../../coordinator/child.ts', import.meta.url).pathname;
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Writes the kubeconfig that the agent of this control plane would. */
async function giveAccess({ kube, server, caPem }: ControlPlane, host: string, folder: string): Promise<void> {
  const means = { client: kube, host: { sleep: (ms: number) => sleep(ms) }, signal: AbortSignal.timeout(60_000) };
  const made = await clientCertificate(means, { user: coordinatorUser(host), group: coordinatorsGroup });
  const user = { 'client-certificate-data': base64(made.certPem), 'client-key-data': base64(made.keyPem) };
  mkdirSync(join(folder, 'state/kubernetes'), { recursive: true });
  writeFileSync(
    join(folder, 'state/kubernetes/kubeconfig'),
    stringify({
      'current-context': 'muster',
      contexts: [{ name: 'muster', context: { cluster: 'muster', user: 'muster' } }],
      clusters: [{ name: 'muster', cluster: { server, 'certificate-authority-data': base64(caPem) } }],
      users: [{ name: 'muster', user }],
    }),
  );
}

/** A coordinator as a process of its own, on one of several control planes. */
export function coordinatorOn(host: string) {
  const folder = mkdtempSync(join(tmpdir(), `muster-${host}-`));
  let child: ChildProcess | null = null;
  let reached: { port: number; caPem: string } = { port: 0, caPem: '' };

  return {
    host,
    folder,
    giveAccess: (plane: ControlPlane) => giveAccess(plane, host, folder),
    /** Takes the keys of another coordinator, as an agent brings them. */
    takeKeys(other: string): void {
      mkdirSync(join(folder, 'state'), { recursive: true, mode: 0o700 });
      for (const name of ['ca.key', 'ca.crt', 'server.key', 'server.crt'])
        cpSync(join(other, 'state', name), join(folder, 'state', name));
    },
    async start(): Promise<void> {
      child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
      const [line] = (await once(lines, 'line')) as [string];
      reached = JSON.parse(line) as typeof reached;
    },
    /** Sends a request as an agent; a coordinator that is stopped does not answer within 5 s. */
    ask: (path: string, request: Ask = {}): Promise<Answer> =>
      send(https, { host: '127.0.0.1', port: reached.port, path, ca: reached.caPem, agent: false }, within(request)),
    operator: (path: string, request: Ask = {}): Promise<Answer> =>
      send(http, { socketPath: join(folder, 'sock'), path, agent: false }, within(request)),
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
    async kill(): Promise<void> {
      if (child === null || child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    hasPlan: () => existsSync(join(folder, 'cluster.yaml')),
    async close(): Promise<void> {
      await this.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type OneCoordinator = ReturnType<typeof coordinatorOn>;

const within = (request: Ask): Ask => ({ ...request, signal: request.signal ?? AbortSignal.timeout(5000) });
