import { createHash, randomUUID } from 'node:crypto';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { lateMs } from '../../../agent/link/enrol.ts';
import { retryDelay } from '../../../agent/link/retry.ts';
import { MusterError } from '../../../shared/errors/errors.ts';
import type { Duty } from '../../../shared/protocol/duty.ts';
import { routes } from '../../../shared/protocol/enrolment.ts';
import { pollSeconds } from '../../../shared/protocol/polling.ts';
import type { Report } from '../../../shared/protocol/report.ts';
import { type Answer, bearer, enrolRequest, node, report, secret, send } from '../../coordinator/support.ts';
import { factsOf, stepsUpTo } from '../../web/fleet.ts';
import type { FleetOptions, SimulatedHost } from './protocol.ts';

/** Whether agents report at intervals, as hosts do on which something happens, or are quiet. */
export interface Pace {
  isQuiet(): boolean;
  /** Resolves at the end of the quiet time. */
  quietEnded(): Promise<void>;
}

export interface AgentEvents {
  enrolled(): void;
  gaveUp(reason: string): void;
  failed(reason: string): void;
  answered(): void;
  target(bytes: number): void;
  acknowledged(seq: number, ms: number): void;
}

/** Facts in which no host resembles another. */
function ownFacts({ name, address }: SimulatedHost) {
  const id = createHash('sha256').update(name).digest('hex');
  const mac = `52:54:00:${id.slice(0, 2)}:${id.slice(2, 4)}:${id.slice(4, 6)}`;
  const addresses = [{ interface: 'eth0', address, mac, family: 'ipv4' as const }];
  return { ...factsOf(name, address), machineId: id.slice(0, 32), productUuid: randomUUID(), addresses };
}

/** Refusals that no retry changes. */
const final = new Set([400, 401, 403, 404, 409, 410, 422]);

/** One agent with connections of its own: enrols, reports, and polls for its target, like the real one. */
export function simulateAgent(
  host: SimulatedHost,
  options: FleetOptions,
  random: () => number,
  { isQuiet, quietEnded, ...events }: AgentEvents & Pace,
) {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 2, ca: options.caPem });
  const { credential, credentialSha256 } = secret();
  const bootId = randomUUID();
  const headers = { ...bearer(credential), 'x-muster-boot-id': bootId };
  const bootstrap = host.role === 'control-plane' ? 'init' : 'join';
  let seq = 0;
  let failures = 0;
  let cluster: Report['cluster'];
  let ownNode = node(host.name);
  const performed = new Set<string>();

  /** Retries what can pass, as the agent does; rejects with `final` refusals. */
  async function untilDone(
    pathOf: () => string,
    ask: () => Parameters<typeof send>[2],
    patienceMs: number,
  ): Promise<Answer> {
    for (let attempt = 0; ; attempt += 1) {
      const signal = AbortSignal.timeout(patienceMs);
      const path = pathOf();
      const began = performance.now();
      const target = { host: '127.0.0.1', port: options.port, path, agent };
      const answer = await send(https, target, { ...ask(), signal }).catch((error: NodeJS.ErrnoException) => {
        events.failed(error.code ?? error.name);
        failures += 1;
        return null;
      });
      if (answer !== null && answer.status < 400) return answer;
      // A request that was read late has the time of a wrong clock.
      const isLate = answer?.body?.code === 'clock-off' && performance.now() - began > lateMs;
      const status = answer === null || isLate ? 503 : answer.status;
      const error = new MusterError(
        'unreachable',
        { url: '', reason: '' },
        {
          status,
          retryAfter: Number(answer?.headers['retry-after'] ?? 0),
        },
      );
      if (answer !== null) {
        events.failed(`${status} ${answer.body?.code ?? ''}`);
        if (final.has(status)) throw new Error(`${path}: ${status} ${answer.body?.code ?? ''}`);
      }
      await sleep(retryDelay(error, attempt, random));
    }
  }

  async function enrol(): Promise<void> {
    const request = () => ({
      body: enrolRequest({ credentialSha256, addresses: [host.address], hostname: host.name, bootId }),
      headers: bearer(host.token),
    });
    await untilDone(() => routes.enrol, request, 60_000);
    events.enrolled();
  }

  async function sendReport(more: Partial<Report>): Promise<void> {
    const began = performance.now();
    const mine = ++seq;
    const bodyOf = () => ({ headers, body: report(host.name, { bootId, ...more }) });
    await untilDone(() => routes.reports, bodyOf, 60_000);
    events.acknowledged(mine, performance.now() - began);
  }

  const steps = (attempts: number) => stepsUpTo(bootstrap, 'packages', { attempts });

  async function keepReporting(): Promise<void> {
    await sendReport({ facts: ownFacts(host), findings: [], steps: steps(1) });
    await sleep(random() * options.reportEveryMs);
    for (;;) {
      if (isQuiet()) {
        await quietEnded();
        await sleep(random() * options.reportEveryMs);
      }
      await sendReport({ steps: steps(seq + 1), node: ownNode, ...(cluster ? { cluster } : {}) });
      await sleep(options.reportEveryMs * (0.9 + random() / 5));
    }
  }

  /** Reads a part of the target, compressed; returns its size. */
  async function readPart(sha256: string): Promise<number> {
    const compressed = { headers: { ...headers, 'accept-encoding': 'gzip' } };
    const answer = await untilDone(
      () => `${routes.targetParts}/${sha256}`,
      () => compressed,
      60_000,
    );
    return Number(answer.headers['content-length']);
  }

  /** A control plane whose API server answers at once. */
  async function perform({ id, type }: Duty): Promise<void> {
    if (performed.has(id)) return;
    performed.add(id);
    const token = `${performed.size.toString(36).padStart(6, '0')}.0123456789abcdef`;
    const body = { outcome: 'done', ...(type === 'mint-join-credential' && { token }) };
    const path = () => `${routes.duties}/${id}`;
    // The host may have become Ready meanwhile, so that its request needs no approval.
    await untilDone(path, () => ({ headers, body }), 60_000).catch(() => undefined);
  }

  async function keepPolling(): Promise<void> {
    let etag = '';
    let settings = '';
    // After a failure a short poll shows that the coordinator is back.
    const poll = () => `${routes.target}?shared=reference&wait=${etag === '' ? 0 : failures > 0 ? 1 : pollSeconds}`;
    for (;;) {
      const answer = await untilDone(poll, () => ({ headers: { ...headers, 'if-none-match': etag } }), 75_000);
      failures = 0;
      events.answered();
      if (answer.status !== 200) continue;
      etag = String(answer.headers.etag);
      const named: string = answer.body.assignment?.settingsRef ?? settings;
      let bytes = answer.text.length;
      if (named !== settings) bytes += await readPart(named);
      settings = named;
      events.target(bytes);
      for (const duty of answer.body.duties) void perform(duty);
    }
  }

  return {
    async run(): Promise<void> {
      try {
        await enrol();
        await Promise.all([keepReporting(), keepPolling()]);
      } catch (error) {
        events.gaveUp(error instanceof Error ? error.message : String(error));
      }
    },
    /** Gets a join credential and reports a new Ready node. */
    async join(): Promise<void> {
      const path = () => `${routes.joinCredentials}?wait=20`;
      await untilDone(path, () => ({ headers, method: 'POST' }), 60_000);
      ownNode = node(host.name, { runtimeVersion: 'joined' });
      await sendReport({ node: ownNode, steps: steps(seq + 1) });
    },
    /** Reports this cluster from now on, and at once. */
    async foundCluster(found: NonNullable<Report['cluster']>): Promise<void> {
      cluster = found;
      await sendReport({ cluster: found, steps: steps(seq + 1) });
    },
  };
}
