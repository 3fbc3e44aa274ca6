import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../../../coordinator/cli/run.ts';
import { partTitles } from '../../../../shared/actions/parts.ts';
import { enrolled, planText, start, type TestCoordinator } from '../../support.ts';

let coordinator: TestCoordinator;
let worker: Awaited<ReturnType<typeof enrolled>>;
beforeEach(async () => {
  coordinator = await start();
  worker = await enrolled(coordinator, 'node02');
});
afterEach(() => coordinator.stop());

/** Runs `muster`; with `answer`, a terminal user answers the prompt. */
async function muster(args: string[], answer?: string, env: Record<string, string> = {}) {
  const asked: string[] = [];
  let [stdout, stderr] = ['', ''];
  const code = await run(args, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: { MUSTER_SOCKET: coordinator.socket, SUDO_USER: 'wei', ...env },
    ...(answer === undefined
      ? {}
      : {
          ask: async (question: string) => {
            asked.push(question);
            return answer;
          },
        }),
  });
  return { code, stdout, stderr, asked };
}
const hold = async () => (await worker.target()).body.hold;

describe('a destructive action', () => {
  it('describes its effect, asks, and does nothing for any answer but yes', async () => {
    for (const answer of ['', 'n', 'nein']) {
      const { code, stderr, asked } = await muster(['retire', 'node02'], answer);
      expect(code).toBe(1);
      expect(asked).toEqual(['retire node02? [y/N] ']);
      expect(stderr).toContain('The Node is deleted');
      expect(stderr).toContain('nothing was changed');
    }
    expect(await hold()).toBeUndefined();
  });

  it('is refused without a terminal to ask on, and names the flag', async () => {
    const { code, stderr } = await muster(['reset', 'node02']);
    expect(code).toBe(64);
    expect(stderr).toContain('muster reset node02 --yes');
    expect(await hold()).toBeUndefined();
  });

  it('runs after confirmation, and prints each part as it progresses', async () => {
    const following = muster(['retire', 'node02'], 'y');
    for (const what of ['reset', 'uninstall']) {
      await expect.poll(async () => (await worker.target()).body.leave?.what).toBe(what);
      await worker.result((await worker.target()).body.leave.id, { outcome: 'done' });
    }
    const { code, stdout } = await following;
    expect(code).toBe(0);
    expect(stdout).toContain('- Drain the node: skipped: there is no cluster yet');
    expect(stdout).toContain('✓ Reset the host');
    expect(stdout).toContain(`✓ ${partTitles.uninstall.en}`);
    const listed = await muster(['operations']);
    expect(listed.stdout).toMatch(/^node02: retire \(done\) {2}.* UTC {2}wei$/m);
  });

  it('is refused with the reason before asking when it does not apply', async () => {
    const { code, stderr, asked } = await muster(['retire', 'master01'], 'y');
    expect([code, asked]).toEqual([1, []]);
    expect(stderr).toContain('only control plane');
    expect(stderr).toContain('--force');
  });
});

it('pause and resume are done at once, in the caller’s name and language', async () => {
  const { code, stderr } = await muster(['pause', 'node02', '--reason', 'new disk'], undefined, {
    LANG: 'zh_CN.UTF-8',
  });
  expect(code).toBe(0);
  expect(stderr).toContain('node02 已暂停');
  expect(await hold()).toMatchObject({
    kind: 'paused',
    reason: { en: expect.stringMatching(/paused by wei .*: new disk/) },
  });
  expect((await muster(['resume', 'node02', '--json'])).code).toBe(0);
  expect(await hold()).toBeUndefined();
});

it('replace prints only the new machine’s install command on standard output', async () => {
  const { code, stdout } = await muster(['replace', 'node02', '--yes']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\{ curl .*MUSTER_TOKEN=muster-\S+ sudo -E sh\n$/);
  expect((await worker.target()).status).toBe(401);
});

it('user data for all workers has a token that expires within an hour', async () => {
  const expiry = async (...more: string[]) => {
    await muster(['token', 'create', '--workers', ...more]);
    const { tokens } = (await coordinator.operator('/v1/tokens')).body;
    return (Date.parse(tokens[0].expiresAt) - Date.parse(tokens[0].createdAt)) / 3600_000;
  };
  expect(await expiry()).toBe(24);
  expect(await expiry('--cloud-init')).toBe(1);
});

it('token create --cloud-init prints user data that keeps the token out of every command line', async () => {
  const { stdout } = await muster(['token', 'create', 'node01', '--cloud-init']);
  expect(stdout).toMatch(/^#cloud-config\n/);
  const { write_files, runcmd } = parse(stdout);
  expect(write_files[0]).toMatchObject({ owner: 'root:root', permissions: '0700' });
  expect(write_files[0].content).toMatch(/MUSTER_TOKEN=muster-\S+ sh\n/);
  expect(runcmd).toEqual([['/bin/sh', write_files[0].path]]);
});

describe('a plan that drops an enrolled host', () => {
  let file: string;
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'muster-plan-')), 'cluster.yaml');
    writeFileSync(file, planText().replace(/^.*name: node02.*\n/m, ''));
  });
  const apply = (...more: string[]) => ['plan', 'apply', file, '--plan', coordinator.plan, ...more];

  it('describes the effect, and applies only after confirmation', async () => {
    expect((await muster(['plan', 'diff', file])).stdout).toMatch(
      /^- node02: enrolled host removed: .*muster retire node02$/m,
    );
    expect((await muster(apply())).code).toBe(64);
    expect((await muster(apply(), 'n')).code).toBe(1);
    expect(readFileSync(coordinator.plan, 'utf8')).toContain('node02');
  });

  it('leaves the host unchanged once applied, until the operator retires it', async () => {
    expect((await muster(apply(), 'y')).code).toBe(0);
    await expect.poll(async () => (await hold())?.kind, { timeout: 60_000 }).toBe('unplanned');
    const { hosts } = (await coordinator.operator('/v1/status')).body;
    expect(hosts.at(-1)).toMatchObject({
      name: 'node02',
      phase: 'unplanned',
      remedy: { en: expect.stringContaining('retire') },
    });
    expect((await muster(['retire', 'node02', '--yes', '--no-wait'])).code).toBe(0);
    expect((await worker.target()).body.leave.what).toBe('reset');
  });

  it('has no changes when compared with itself', async () => {
    expect((await muster(['plan', 'diff', coordinator.plan])).stdout).toBe('no changes\n');
  });
});
