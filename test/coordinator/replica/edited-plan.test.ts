import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { enrol, enrolled, is, useBench } from './bench.ts';
import { breakDatabase, type One, until } from './coordinators.ts';

const bench = useBench();
const plan = (who: One) => readFileSync(who.paths.plan, 'utf8');
const edited = 'cluster: demo\n# edited\n';

describe('a plan that is edited beside a standby', () => {
  test('makes that coordinator the active one, and all have the plan', async () => {
    const [first, second] = await bench.two();
    const noted: string[] = [];
    second.news.on('plan', () => noted.push(second.standing.state()));
    writeFileSync(second.paths.plan, edited);
    await is(second, 'active');
    await is(first, 'standby');
    expect(noted).toContain('active');
    enrol(second, 'node02');
    await until(() => plan(first) === edited, 'the plan');
    await until(() => enrolled(first).includes('node02'), 'followed');
    expect([plan(second), existsSync(`${second.paths.plan}.replaced`)]).toEqual([edited, false]);
  });

  test('does so after a restart, too, and not without an edit', async () => {
    const [first, second] = await bench.two();
    await bench.end(second, { keep: true });
    const again = bench.one('master02', second.folder);
    await again.start();
    await is(again, 'standby');
    await bench.leaseReads(6);
    expect(first.standing.state()).toBe('active');
    writeFileSync(again.paths.plan, edited);
    await is(again, 'active');
    await until(() => plan(first) === edited, 'the plan');
  });

  test('changes nothing while it is invalid, or while its host leaves', async () => {
    const [first, second] = await bench.two();
    second.state.isPlanValid = false;
    writeFileSync(second.paths.plan, edited);
    await bench.leaseReads(6);
    second.state.leaving = ['master02'];
    await bench.leaseReads(6);
    second.state.isPlanValid = true;
    await bench.leaseReads(6);
    expect(first.standing.state()).toBe('active');
    second.state.leaving = [];
    await is(second, 'active');
  });

  test('counts also if it makes the host of that coordinator a worker', async () => {
    const [first, second] = await bench.two();
    second.state.controlPlanes = ['master01', 'master03'];
    writeFileSync(second.paths.plan, edited);
    await until(() => plan(first) === edited, 'the plan');
    await is(first, 'active');
    await bench.leaseReads(6);
    expect([first.standing.state(), second.standing.state()]).toEqual(['active', 'standby']);
  });

  test('waits some time after that coordinator’s disk has failed, while the other one stays active', async () => {
    const [first, second] = await bench.two();
    const repair = breakDatabase(second);
    const before = bench.api.transitions();
    writeFileSync(second.paths.plan, edited);
    await until(() => bench.api.transitions() >= before + 4, 'handed over, tried, released, taken');
    await is(first, 'active');
    repair();
    await bench.leaseReads(20);
    expect(first.standing.state()).toBe('active');
    await is(second, 'active');
    await until(() => plan(first) === edited, 'the plan');
  });

  test('hands over to no other one: the Lease waits for the one that asked', async () => {
    const [, second] = await bench.two();
    const third = bench.one('master03');
    await third.start();
    await is(third, 'standby');
    writeFileSync(second.paths.plan, edited);
    await is(second, 'active');
    expect(third.standing.state()).toBe('standby');
    enrol(second, 'node02');
    await until(() => plan(third) === edited, 'the plan');
  });
});
