import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from '../../../../coordinator/cli/program.ts';
import { exitCode, MusterError } from '../../../../shared/errors/errors.ts';
import { fileProblems } from '../../../../shared/plan/problems/file.ts';
import { planCheckSchema } from '../../../../shared/protocol/plan-view.ts';
import type { Language } from '../../../../shared/text/local-text.ts';
import { planText } from '../../../shared/plan/plan-text.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-plan-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Runs `muster plan …` in English and collects what it prints and throws. */
function run(...args: string[]) {
  return runIn('en', ...args);
}

async function runIn(language: Language, ...args: string[]) {
  const printed = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof printed) => ({
    write: (text: string) => {
      printed[name] += text;
    },
  });
  const io = { stdout: stream('stdout'), stderr: stream('stderr'), env: {}, language };
  const error = await createProgram(io)
    .parseAsync(['plan', ...args], { from: 'user' })
    .then(
      () => null,
      (thrown: unknown) => thrown as MusterError,
    );
  return { ...printed, error };
}

describe('plan check', () => {
  test('prints JSON, also for an invalid plan', async () => {
    const right = await run('check', '--json', write('right.yaml', planText()));
    expect(planCheckSchema.parse(JSON.parse(right.stdout))).toEqual({ valid: true, problems: [], warnings: [] });
    const wrong = await run('check', '--json', write('wrong.yaml', planText({ cluster: 'A' })));
    expect(planCheckSchema.parse(JSON.parse(wrong.stdout))).toMatchObject({
      valid: false,
      problems: [{ code: 'name-invalid', line: 1, path: 'cluster', seen: { en: '"A"', zh: '"A"' } }],
    });
    expect(wrong.error).toMatchObject({ exit: exitCode.badInput });
  });

  test('summarises a valid plan in one line', async () => {
    const file = write('right.yaml', planText());
    const { stdout, error } = await run('check', file);
    expect(error).toBeNull();
    expect(stdout).toBe(
      `${file}: valid: 1 control plane, 1 worker, Kubernetes 1.30.2 on containerd, Flannel v0.27.4\n`,
    );
  });

  test('prints every problem with its line, and ends with their count and exit code 65', async () => {
    const file = write('wrong.yaml', planText({ cluster: 'A', runtime: 'podman' }));
    const { stdout, stderr, error } = await run('check', file);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/wrong\.yaml:1: cluster: "A" is invalid; /),
      expect.stringMatching(/wrong\.yaml:4: runtime: /),
    ]);
    expect(error).toBeInstanceOf(MusterError);
    expect(error).toMatchObject({ code: 'plan-invalid', exit: exitCode.badInput });
  });

  test('prints warnings of a valid plan, and refuses them with --strict', async () => {
    const file = write(
      'public.yaml',
      planText({ network: { podSubnet: '172.168.0.0/16', plugin: { calico: 'v3.28.0' } } }),
    );
    const { stdout, stderr, error } = await run('check', file);
    expect(error).toBeNull();
    expect(stdout).toContain('valid');
    expect(stderr).toMatch(/public\.yaml:6: warning: network\.podSubnet: /);
    expect((await run('check', '--strict', file)).error).toMatchObject({ code: 'plan-invalid' });
    expect(JSON.parse((await run('check', '--json', file)).stdout)).toMatchObject({
      valid: true,
      warnings: [{ code: 'subnet-public', path: 'network.podSubnet' }],
    });
  });

  test('answers in Chinese to a reader of Chinese', async () => {
    const { stderr } = await runIn('zh', 'check', write('wrong.yaml', planText({ cluster: 'A' })));
    expect(stderr).toMatch(/wrong\.yaml:1: cluster: "A" 无效；要求：/);
  });

  test('resolves files beside the plan relative to the plan', async () => {
    write('cni.yaml', 'kind: DaemonSet\n');
    const file = write('beside.yaml', planText({ network: { plugin: { manifest: 'cni.yaml' } } }));
    expect((await run('check', file)).stdout).toContain('valid');
  });

  test('refuses a file that is not text', async () => {
    const { stderr, error } = await run('check', write('binary.yaml', Buffer.from([0xff, 0xfe, 0x00, 0x80])));
    expect(stderr).toContain(fileProblems['file-not-utf8'].message.en);
    expect(error).toMatchObject({ exit: exitCode.badInput });
  });

  test('reports a missing file', async () => {
    const { error } = await run('check', join(folder, 'none.yaml'));
    expect(error).toMatchObject({
      exit: exitCode.badInput,
      code: 'plan-unreadable',
    });
  });
});

describe('plan show', () => {
  test('prints the changes on each host, step by step', async () => {
    const { stdout } = await run('show', write('right.yaml', planText()));
    expect(stdout).toMatch(/^master01, 192\.168\.0\.130, control plane$/m);
    expect(stdout).toMatch(/^node01, 192\.168\.0\.131, worker$/m);
    expect(stdout).toMatch(/^ {2}\d+\. Create the cluster with kubeadm init$/m);
    expect(stdout).toContain('run hostname node01');
  });

  test('prints one host alone', async () => {
    const { stdout } = await run('show', write('right.yaml', planText()), '--host', 'node01');
    expect(stdout).not.toContain('Create the cluster');
    expect(stdout).toContain('Join the cluster with kubeadm join');
  });

  test('lists the hosts of the plan for an unknown host', async () => {
    const { error } = await run('show', write('right.yaml', planText()), '--host', 'node9');
    expect(error).toMatchObject({
      exit: exitCode.usage,
      code: 'host-unknown',
      params: { host: 'node9', known: ['master01', 'node01'] },
    });
  });

  test('prints JSON', async () => {
    const { stdout } = await run('show', write('right.yaml', planText()), '--json');
    const shown = JSON.parse(stdout);
    expect(shown).toHaveLength(2);
    expect(shown[1]).toMatchObject({ host: 'node01', address: '192.168.0.131', role: 'worker' });
    expect(shown[1].steps[0]).toEqual({
      id: 'host-name',
      title: 'Set the host name',
      lines: ['write /etc/hostname:', '  node01', 'run hostname node01'],
    });
  });

  test('prints no changes for an invalid plan', async () => {
    const { stdout, error } = await run('show', write('wrong.yaml', planText({ hosts: [] })));
    expect(stdout).toBe('');
    expect(error).toMatchObject({ exit: exitCode.badInput });
  });
});
