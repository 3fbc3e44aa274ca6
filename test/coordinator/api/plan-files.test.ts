import { hash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, expect, it } from 'vitest';
import { createClient } from '../../../agent/link/client.ts';
import { routes } from '../../../shared/protocol/enrolment.ts';
import { tgz } from '../../shared/plan/plan-text.ts';
import { enrolled, planText, start, type TestCoordinator, tempFolder } from '../support.ts';

const name = 'files/cri-dockerd-0.3.16.amd64.tgz';
const archive = tgz(randomBytes(1_000_000).toString('latin1'));
const sha256 = hash('sha256', archive);

let coordinator: TestCoordinator;
afterEach(() => coordinator.stop());

async function started(): Promise<void> {
  const folder = tempFolder();
  mkdirSync(join(folder, 'files'));
  writeFileSync(join(folder, name), archive);
  writeFileSync(join(folder, 'secret'), 'secret');
  const runtime = `runtime: {name: docker, criDockerd: {file: ${name}}}`;
  coordinator = await start({ folder, planText: planText().replace('runtime: docker', runtime) });
}

it('an enrolled host downloads the file that the plan names, and nothing else', async () => {
  await started();
  const { credential, headers, target } = await enrolled(coordinator, 'node01');
  expect((await target()).body.assignment.settings.runtime.criDockerd.file).toEqual({ name, sha256 });
  const client = createClient({
    url: `https://127.0.0.1:${coordinator.port}`,
    ca: coordinator.caPem,
    bearer: credential,
  });
  const path = `${routes.planFiles}/${sha256}`;
  expect(hash('sha256', await client.download(path, new AbortController().signal))).toBe(sha256);
  client.close();
  expect((await coordinator.ask(path)).status).toBe(401);
  for (const other of [hash('sha256', 'secret'), 'secret', '..%2Fsecret', encodeURIComponent(name)]) {
    const answer = await coordinator.ask(`${routes.planFiles}/${other}`, { headers });
    expect([answer.status, answer.body?.code]).toEqual([404, 'plan-file-unknown']);
  }
});

it('the file is part of backups', async () => {
  await started();
  const client = await execa(
    'curl',
    ['-fsS', '--unix-socket', coordinator.socket, '-X', 'POST', 'http://x/v1/backups'],
    {
      encoding: 'buffer',
    },
  );
  const content = await execa('tar', ['-xzOf', '-', `./plan/${name}`], { input: client.stdout, encoding: 'buffer' });
  expect(hash('sha256', content.stdout)).toBe(sha256);
});
