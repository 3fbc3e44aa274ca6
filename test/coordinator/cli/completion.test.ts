import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { complete } from '../../../coordinator/cli/completion.ts';
import { createProgram } from '../../../coordinator/cli/program.ts';
import type { Io } from '../../../coordinator/cli/terminal/io.ts';
import { requireProgram } from '../../required.ts';
import { enrolled, start, type TestCoordinator } from '../support.ts';

const run = promisify(execFile);
const main = join(import.meta.dirname, '../../../coordinator/main.ts');

let folder: string;
let coordinator: TestCoordinator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-completion-'));
  coordinator = await start();
  await enrolled(coordinator, 'node01');
  const launcher = `#!/bin/sh\nexec ${process.execPath} ${main} "$@"\n`;
  await writeFile(join(folder, 'muster'), launcher, { mode: 0o755 });
});
afterAll(async () => {
  await coordinator.stop();
  await rm(folder, { recursive: true, force: true });
});

const pressTab = `
. <(muster completion bash)
while IFS= read -r line; do
  IFS=' ' read -ra COMP_WORDS <<<"\${line% }"
  [ "\${line% }" = "$line" ] || COMP_WORDS+=('')
  COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
  _muster
  printf '%s\\n' "\${COMPREPLY[*]}"
done`;

/** The words that bash offers when Tab is pressed after each of these lines. `socket`: the coordinator's. */
async function tab(lines: string[], socket = coordinator.socket): Promise<string[][]> {
  const env = { PATH: `${folder}:${process.env.PATH}`, MUSTER_SOCKET: socket };
  const pressing = run('bash', ['-c', pressTab], { env });
  pressing.child.stdin?.end(lines.map((line) => `${line}\n`).join(''));
  const { stdout } = await pressing;
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ').filter((word) => word !== ''));
}

test('in bash, Tab completes commands, options, their values, and host names', { timeout: 120_000 }, async () => {
  const [all, begun, group, hosts, some, ofOption, options, values, phases] = await tab([
    'muster ',
    'muster st',
    'muster plan ',
    'muster logs ',
    'muster logs -f node',
    'muster events --host ',
    'muster status --w',
    'muster --lang ',
    'muster status --phase re',
  ]);
  expect(all).toEqual(expect.arrayContaining(['plan', 'token', 'status', 'logs', 'events', 'completion']));
  expect(all).not.toContain('complete');
  expect(begun).toEqual(['status']);
  expect(group).toEqual(['check', 'show', 'diff', 'sign', 'apply', 'help']);
  expect(hosts).toEqual(['master01', 'node01', 'node02']);
  expect(some).toEqual(['node01', 'node02']);
  expect(ofOption).toEqual(hosts);
  expect(options).toEqual(['--watch', '--wait']);
  expect(values).toEqual(['en', 'zh']);
  expect(phases).toEqual(['ready', 'retired']);
});

test('in bash, without a coordinator, Tab completes no hosts and prints nothing', { timeout: 60_000 }, async () => {
  expect(await tab(['muster logs '], join(folder, 'nothing'))).toEqual([[]]);
});

test('zsh accepts the script', async () => {
  await requireProgram('zsh');
  const env = { PATH: `${folder}:${process.env.PATH}`, MUSTER_SOCKET: coordinator.socket };
  const { stdout } = await run(
    'zsh',
    ['-fc', 'autoload -U compinit; compinit -D; . <(muster completion zsh); print $_comps[muster]'],
    { env },
  );
  expect(stdout).toBe('_muster\n');
});

test('names that are no host names are not offered: Tab would type them into a shell', async () => {
  const hostile = '$(touch\t/tmp/x)';
  const socket = join(folder, 'hostile');
  const [plan, status] = [
    (await coordinator.operator('/v1/plan')).body,
    (await coordinator.operator('/v1/status?limit=1')).body,
  ];
  const [host] = status.hosts;
  const server = createServer((request, response) => {
    const isPlan = request.url?.startsWith('/v1/plan') === true;
    const unplanned = { ...status, hosts: [{ ...host, name: hostile }], page: { ...status.page, next: null } };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(isPlan ? plan : unplanned));
  }).listen(socket);
  await once(server, 'listening');
  let printed = '';
  const io = {
    stdout: { write: (text: string) => (printed += text) },
    stderr: { write: () => true },
    env: {},
    language: 'en',
  };
  await complete(io as Io, createProgram(io as Io), ['logs', ''], socket);
  server.close();
  expect(printed).toContain('node01');
  expect(printed).not.toContain(hostile);
});
