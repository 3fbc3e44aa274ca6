import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandForAll } from '../../../../coordinator/cli/handlers/selection.ts';
import { run } from '../../../../coordinator/cli/run.ts';
import { phases } from '../../../../shared/protocol/status.ts';
import { enrolFleet, fleetPlan, portTaken, readyReport } from '../../../web/fleet.ts';
import { start, type TestCoordinator } from '../../support.ts';

const workers = 249;
let coordinator: TestCoordinator;

/** Of 250 hosts, master01 is Ready, node01 is blocked and node02 Ready; the others have not enrolled. */
beforeAll(async () => {
  coordinator = await start({ planText: fleetPlan(workers) });
  const agents = await enrolFleet(coordinator, 2);
  for (const agent of agents)
    await agent.send({ ...readyReport(agent), ...(agent.name === 'node01' && { findings: [portTaken()], steps: [] }) });
});
afterAll(() => coordinator.stop());

async function muster(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const env = { MUSTER_SOCKET: coordinator.socket };
  const code = await run(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env,
  });
  return { code, stdout, stderr };
}

/** Names of the hosts in the table. */
const listed = (stdout: string) => stdout.match(/^(master|node)\d+(?= {2})/gm) ?? [];

test('of many hosts it shows how many are in each phase, the 50 most urgent, and the command that shows all', async () => {
  const { stdout } = await muster('status');
  expect(listed(stdout)).toHaveLength(50);
  expect(listed(stdout)[0]).toBe('node01');
  expect(stdout).toContain('250 hosts: 1 blocked, 247 planned, 2 Ready\n');
  expect(stdout).toContain('muster status --limit 250\n');
  expect(stdout.indexOf('250 hosts')).toBeLessThan(stdout.indexOf('HOST '));
});

test('that command shows all, each once, in the order of the plan', async () => {
  const { stdout } = await muster('status', '--limit', '250');
  const names = listed(stdout);
  expect(names).toHaveLength(250);
  expect(new Set(names).size).toBe(250);
  expect(names[0]).toBe('master01');
  expect(stdout).not.toContain('--limit');
});

test('--phase and --search select hosts, and the command that shows all keeps them', async () => {
  expect(listed((await muster('status', '--phase', 'blocked')).stdout)).toEqual(['node01']);
  expect(listed((await muster('status', '--phase', 'Ready')).stdout)).toEqual(['master01', 'node02']);
  const { stdout } = await muster('status', '--phase', 'planned', '--search', 'NODE1', '--limit', '5');
  expect(listed(stdout)).toEqual(['node10', 'node11', 'node12', 'node13', 'node14']);
  expect(stdout).toContain('110 of 250 hosts match\n');
  expect(stdout).toContain('muster status --phase planned --search NODE1 --limit 110\n');
});

test('a search without a match says so and is no error', async () => {
  const { code, stdout } = await muster('status', '--search', 'rack9');
  expect(code).toBe(0);
  expect(stdout).toContain('0 of 250 hosts match\n');
  expect(stdout).not.toContain('HOST ');
});

test('an unknown phase is a usage error that names the known ones', async () => {
  for (const command of ['status', 'hosts']) {
    const { code, stderr } = await muster(command, '--phase', 'broken');
    expect(code).toBe(64);
    for (const phase of phases) expect(stderr).toContain(phase);
  }
  expect((await muster('status', '--limit', '0')).code).toBe(64);
  expect((await muster('status', '--wait', '--phase', 'ready')).code).toBe(64);
});

test('--json has all hosts, or all that match and how many they are', async () => {
  const whole = JSON.parse((await muster('status', '--json')).stdout);
  expect(whole.hosts).toHaveLength(250);
  expect(whole.page).toBeUndefined();
  const some = JSON.parse((await muster('status', '--json', '--phase', 'planned')).stdout);
  expect(some.hosts).toHaveLength(247);
  expect(some.page).toMatchObject({ total: 250, matching: 247, next: null });
  const few = JSON.parse((await muster('status', '--json', '--limit', '2')).stdout);
  expect(few.hosts.map(({ name }: { name: string }) => name)).toEqual(['node01', 'node03']);
});

test('muster hosts selects hosts in the same way and lists all by default', async () => {
  expect(listed((await muster('hosts')).stdout)).toHaveLength(250);
  expect(listed((await muster('hosts', '--phase', 'ready')).stdout)).toEqual(['master01', 'node02']);
  expect(JSON.parse((await muster('hosts', '--json', '--search', '10.77.1.7')).stdout)).toHaveLength(11);
});

test('the command is safe to paste', () => {
  expect(commandForAll({ search: "a b'; rm" }, 3)).toBe("muster status --search 'a b'\\''; rm' --limit 3");
});
