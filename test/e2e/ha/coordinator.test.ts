import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { place } from '../../../agent/steps/placed-objects.ts';
import { coordinatorObjects, coordinatorsGroup, namespace } from '../../../shared/kube/coordinator-objects.ts';
import { standingHeader } from '../../../shared/protocol/coordinators.ts';
import { type Answer, bearer, cluster, enrolRequest, planText, report, secret } from '../../coordinator/support.ts';
import { until } from '../support/until.ts';
import { type ControlPlane, startControlPlane } from './api-server.ts';
import { coordinatorOn, type OneCoordinator } from './coordinators.ts';

/** Coordinators as processes of their own, with a real API server; they share no file and no memory. */

const say = (line: string) => process.stdout.write(`  ${line}\n`);
const masters = ['master02', 'master03'].map(
  (name, index) => `  - {name: ${name}, address: 10.77.0.${index + 2}, role: control-plane}\n`,
);
const failed: Answer = { status: 0, headers: {}, body: null, text: '' };

let plane: ControlPlane;
let first: OneCoordinator;
let second: OneCoordinator;
let agent: { authorization: string };

/** 201: this one is active, and the token is in the shared state. */
const token = (on: OneCoordinator, host = 'node01') =>
  on.operator('/v1/tokens', { method: 'POST', body: { host } }).catch(() => failed);
const secretOf = ({ body }: Answer) => /muster-[\w-]+/.exec(body.command)?.[0] ?? '';
const isActive = async (on: OneCoordinator) => (await token(on)).status === 201;
const enrol = (on: OneCoordinator, given: string, address: string, credentialSha256: string) =>
  on.ask('/v1/enrol', { body: enrolRequest({ credentialSha256, addresses: [address] }), headers: bearer(given) });

async function takesOver(who: OneCoordinator, what: string): Promise<void> {
  const began = performance.now();
  await until(() => isActive(who), { seconds: 60, every: 100, what: `${who.host} to be active` });
  say(`${what}: ${who.host} active after ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

beforeAll(async () => {
  plane = await startControlPlane();
  await place(plane.kube, coordinatorObjects);
  [first, second] = [coordinatorOn('master01'), coordinatorOn('master02')];
  writeFileSync(join(first.folder, 'cluster.yaml'), planText(masters.join('')));
  await first.start();
  const own = secret();
  const given = secretOf(await token(first, 'master01'));
  expect((await enrol(first, given, '10.77.0.1', own.credentialSha256)).status).toBe(200);
  agent = bearer(own.credential);
  const seen = { cluster: cluster(plane.caPem) };
  expect((await first.ask('/v1/reports', { headers: agent, body: report('master01', seen) })).status).toBe(204);
});
afterAll(async () => {
  plane?.thaw();
  await first?.close();
  await second?.close();
  await plane?.close();
});

it('the credential of a coordinator reaches its records and one Lease only', async () => {
  const as = ['--as', 'muster-coordinator:master01', '--as-group', coordinatorsGroup];
  const inside = await plane.kubectl('auth', 'can-i', '--list', ...as, '-n', namespace);
  const resources = inside.split('\n').flatMap((line) => /^(\w+\.[\w.]+|\w+) /.exec(line)?.[1] ?? []);
  expect(resources.filter((name) => !name.startsWith('selfsubject') && name !== 'Resources').sort()).toEqual([
    'leases.coordination.k8s.io',
    'staterecords.muster.internal',
  ]);
  for (const asked of [
    ['get', 'nodes'],
    ['get', 'secrets'],
    ['get', 'secrets', '-n', namespace],
    ['list', 'pods', '-A'],
  ]) {
    const refused = await plane.kubectl('auth', 'can-i', ...asked, ...as).catch((error) => error.stdout);
    expect(refused, asked.join(' ')).toBe('no');
  }
});

describe('several coordinators', () => {
  it('share the state of the first once it may use the API; a new one has neither plan nor database before', async () => {
    await first.giveAccess(plane);
    const records = () => plane.kubectl('-n', namespace, 'get', 'staterecords', '-o', 'name');
    await until(async () => (await records()).includes('snapshot'), { seconds: 30, every: 300, what: 'the hand-over' });
    second.takeKeys(first.folder);
    await second.giveAccess(plane);
    await second.start();
    expect(second.hasPlan()).toBe(true);
    await takesOver(first, 'after the hand-over');
    const answer = await second.ask('/v1/target', { headers: agent });
    expect([answer.status, answer.body]).toMatchObject([
      421,
      { code: 'not-active', params: { active: 'https://10.77.0.1:7443' } },
    ]);
    // A standby forwards the operator’s request to the active one, which is not reachable here.
    expect((await token(second)).status).toBe(503);
  });

  it('lose nothing that was acknowledged when the active one is killed', async () => {
    const given = secretOf(await token(first, 'node02'));
    await first.kill();
    await takesOver(second, 'killed');
    const own = secret();
    expect((await enrol(second, given, '10.77.0.12', own.credentialSha256)).status).toBe(200);
    expect((await second.ask('/v1/target', { headers: agent })).status).toBe(200);
    await first.start();
    await until(async () => (await token(first)).status === 503, {
      seconds: 20,
      every: 200,
      what: 'the first on standby',
    });
    const again = await enrol(second, given, '10.77.0.12', own.credentialSha256);
    expect([again.status, again.body.host]).toEqual([200, 'node02']);
  });

  it('never act both: the active one is frozen for a minute and thawed', async () => {
    const before = (await second.ask('/v1/target', { headers: agent })).headers['muster-revision'];
    second.freeze();
    await takesOver(first, 'frozen');
    await sleep(50_000);
    const asked = Array.from({ length: 5 }, () => token(second, 'node02'));
    second.thaw();
    const answers = await Promise.all(asked);
    expect(answers.filter(({ status }) => status === 201)).toEqual([]);
    expect(await isActive(first)).toBe(true);
    await until(async () => (await token(second)).status === 503, {
      seconds: 20,
      every: 200,
      what: 'it is on standby',
    });
    const after = (await first.ask('/v1/target', { headers: agent })).headers['muster-revision'];
    expect(Number(String(after).split('.')[0])).toBeGreaterThan(Number(String(before).split('.')[0]));
  });

  it('mint nothing without the API, and accept reports', async () => {
    plane.freeze();
    const isCutOff = async () => {
      const answer = await first.ask('/v1/reports', { headers: agent, body: report('master01') }).catch(() => failed);
      return answer.status === 204 && answer.headers[standingHeader] === 'cut-off';
    };
    await until(isCutOff, { seconds: 30, every: 200, what: 'the active one to be cut off' });
    const target = await first.ask('/v1/target', { headers: agent });
    expect([target.status, target.body.duties]).toEqual([200, []]);
    const asked = Date.now();
    const headers = { ...agent, 'if-none-match': String(target.headers.etag) };
    await first.ask('/v1/target?wait=50', { headers, signal: AbortSignal.timeout(12_000) });
    expect(Date.now() - asked, 'ms until an agent is told to ask another one').toBeLessThan(12_000);
    const refused = [await token(first), await token(second)].map(({ status }) => status);
    expect(refused.every((status) => status === 421 || status === 503)).toBe(true);
    const { body } = await first.operator('/v1/status');
    expect(body.notices.map(({ code }: { code: string }) => code)).toContain('api-away');
    plane.thaw();
    const one = async () => (await Promise.all([first, second].map(isActive))).filter(Boolean).length === 1;
    await until(one, { seconds: 40, every: 200, what: 'exactly one to be active again' });
  });
});
