import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { stepsOf } from '../../shared/steps/catalogue.ts';
import { bearer, enrolRequest, report, secret, send, step } from '../coordinator/support.ts';
import { median } from './median.ts';
import type { Load } from './report-load.ts';

const hosts = 64;
/** Short alternating rounds, so that other load on the machine affects both servers equally. */
const rounds = 7;
const seconds = 2;
const goal = 0.4;
const say = (line: string) => process.stdout.write(`${line}\n`);

interface Server {
  child: ChildProcess;
  port: number;
  caPem: string;
}

/**
 * Prints how many reports per second the coordinator stores, and the ratio to a bare express handler on this machine.
 */
export async function benchReports(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const running: ChildProcess[] = [];
  try {
    writeFileSync(join(folder, 'cluster.yaml'), planText());
    const coordinator = await startServer(join(import.meta.dirname, '../coordinator/child.ts'), [folder]);
    running.push(coordinator.child);
    const keys = ['server.key', 'server.crt'].map((name) => join(folder, 'state', name));
    const bare = await startServer(join(import.meta.dirname, 'bare-server.ts'), keys);
    running.push(bare.child);
    const senders = await enrolAll(folder, coordinator);

    const load = (port: number) => measure({ port, caPem: coordinator.caPem, seconds, senders });
    const measured: { bare: number; muster: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      measured.push({ bare: await load(bare.port), muster: await load(coordinator.port) });
    }
    const ratio = median(measured.map(({ bare, muster }) => muster / bare));
    const [bareRate, musterRate] = [median(measured.map((one) => one.bare)), median(measured.map((one) => one.muster))];
    const size = (senders[0]?.bodies[0]?.length ?? 0) / 1000;
    say(
      `reports stored: ${musterRate.toFixed(0)}/s over TLS, validated, SQLite with full durability (${size.toFixed(1)} kB each: all ` +
        `steps, one of them new, and 5 lines of output; ${hosts} hosts); bare express ${bareRate.toFixed(0)}/s: ` +
        `ratio ${ratio.toFixed(2)} (goal >= ${goal})`,
    );
  } finally {
    for (const child of running) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

const nameOf = (index: number) => `node${String(index).padStart(2, '0')}`;
const addressOf = (index: number) => `10.77.1.${index + 1}`;

function planText(): string {
  const workers = Array.from({ length: hosts }, (_, index) => {
    return `  - {name: ${nameOf(index)}, address: ${addressOf(index)}, role: worker}`;
  });
  return `cluster: bench
kubernetes: {version: 1.23.0, packages: aliyun}
runtime: docker
network: {plugin: {calico: v3.24.1}}
hosts:
  - {name: master01, address: 10.77.0.1, role: control-plane}
${workers.join('\n')}
`;
}

async function startServer(script: string, args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    return { child, ...JSON.parse(line) };
  }
  throw new Error(`${script} did not start`);
}

/**
 * Enrols every host; returns their credentials and the reports that they send in rotation, each different from the
 * previous.
 */
async function enrolAll(folder: string, { port, caPem }: Server): Promise<Load['senders']> {
  const senders: Load['senders'] = [];
  for (let index = 0; index < hosts; index++) {
    const host = nameOf(index);
    const made = await send(http, { socketPath: join(folder, 'sock'), path: '/v1/tokens' }, { body: { host } });
    const token = /muster-[\w-]+/.exec(made.body.command)?.[0] ?? '';
    const { credential, credentialSha256 } = secret();
    const body = enrolRequest({ credentialSha256, addresses: [addressOf(index)] });
    const ask = { body, headers: bearer(token) };
    const answer = await send(https, { host: '127.0.0.1', port, path: '/v1/enrol', ca: caPem }, ask);
    if (answer.status !== 200) throw new Error(answer.text);
    senders.push({ credential, bodies: bodiesOf(host) });
  }
  return senders;
}

function bodiesOf(host: string): string[] {
  const at = new Date().toISOString();
  const planned = stepsOf('join', 'worker');
  return planned.map((_, current) => {
    const steps = planned.map(({ id }, index) =>
      index < current
        ? step(id, 'done', { startedAt: at, endedAt: at, attempts: 1 })
        : step(id, index === current ? 'applying' : 'pending', { startedAt: index === current ? at : null }),
    );
    const output = Array.from({ length: 5 }, (_, line) => ({
      at,
      step: 'packages',
      text: `Get:${line} http://mirror/debian bookworm/main amd64 package-${current} amd64 1.2.3-${line} [123 kB]`,
    }));
    return JSON.stringify(report(host, { steps, output }));
  });
}

/** Runs the load in a separate process. */
async function measure(load: Load): Promise<number> {
  const { stdout } = await execa(process.execPath, [join(import.meta.dirname, 'report-load.ts')], {
    input: JSON.stringify(load),
  });
  return JSON.parse(stdout).perSecond;
}

if (import.meta.main) await benchReports();
