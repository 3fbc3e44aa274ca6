import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { auditEntrySchema } from '../../../shared/protocol/audit.ts';
import {
  eventSchema,
  hostStatusSchema,
  loginLinkSchema,
  tokenResponseSchema,
} from '../../../shared/protocol/status.ts';
import { enrolled, start, type TestCoordinator } from '../support.ts';
import { type Bench, createBench } from './muster.ts';

let bench: Bench;
let coordinator: TestCoordinator;

beforeEach(async () => {
  bench = await createBench();
  coordinator = await start();
});
afterEach(async () => {
  await bench.close();
  await coordinator.stop();
});

const muster = async (...args: string[]) => bench.muster(...args, '--socket', coordinator.socket);
const lines = (text: string) => text.trimEnd().split('\n');

test('events prints one line per event, oldest first, and applies its filters', async () => {
  await enrolled(coordinator, 'node01');
  await enrolled(coordinator, 'node02');
  const all = lines((await muster('events')).stdout);
  expect(all).toHaveLength(4);
  expect(all[1]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}node01 {2}host-enrolled {2}enrolled from 127\.0\.0\.1$/);
  expect(lines((await muster('events', '--host', 'node02', '--kind', 'host-enrolled')).stdout)).toEqual([all[3]]);
  expect(lines((await muster('events', '--since', '1h')).stdout)).toEqual(all);
  expect((await muster('events', '--since', '2100-01-01')).stdout).toBe('');
  expect((await muster('events', '--since', 'yesterday')).code).toBe(64);
});

test('events -f prints new events, each once, until Ctrl-C', async () => {
  await enrolled(coordinator, 'node01');
  const following = bench.start(['events', '-f', '--socket', coordinator.socket]);
  await following.says('node01  host-enrolled');
  await enrolled(coordinator, 'node02');
  await following.says('node02  host-enrolled');
  following.kill('SIGINT');
  const { code, stdout } = await following.finished;
  expect(code).toBe(0);
  expect(lines(stdout)).toHaveLength(4);
});

test('audit prints who did what from where, and what was refused', async () => {
  await muster('token', 'create', 'node09');
  await enrolled(coordinator, 'node01');
  const { stdout } = await muster('audit');
  const [heading, refused, created, enrolledLine] = lines(stdout);
  expect(heading).toMatch(/^TIME +ACTOR +FROM +ACTION +SUBJECT +OUTCOME$/);
  expect(refused).toMatch(/ socket +- +createToken +node09 +host-unknown$/);
  expect(created).toMatch(/ socket +- +createToken +node01 +ok$/);
  expect(enrolledLine).toMatch(/ anyone +127\.0\.0\.1 +enrolHost +node01 +ok$/);
});

test('--json prints what the API document specifies', async () => {
  await enrolled(coordinator, 'node01');
  const json = async (...args: string[]) => JSON.parse((await muster(...args, '--json')).stdout);
  const each = async (...args: string[]) =>
    lines((await muster(...args, '--json')).stdout).map((line) => JSON.parse(line));
  expect(z.array(hostStatusSchema).parse(await json('hosts'))).toHaveLength(3);
  expect(tokenResponseSchema.parse(await json('token', 'create', '--workers')).hosts).toEqual(['node01', 'node02']);
  expect(loginLinkSchema.parse(await json('login')).url).toContain('/login?code=');
  expect(z.array(eventSchema).parse(await each('events'))).toHaveLength(3);
  expect(z.array(auditEntrySchema).parse(await each('audit')).length).toBeGreaterThan(2);
});

test('metrics token prints only the token on stdout, and it authorises /metrics', async () => {
  const { stdout, stderr } = await muster('metrics', 'token');
  expect(stdout).toMatch(/^muster-metrics-[\w-]{43}\n$/);
  expect(stderr).toContain('/metrics');
  const headers = { authorization: `Bearer ${stdout.trim()}` };
  expect((await coordinator.ask('/metrics', { headers })).status).toBe(200);
  expect((await muster('metrics', 'show')).stdout).toContain('muster_hosts{phase="planned"} 3\n');
});
