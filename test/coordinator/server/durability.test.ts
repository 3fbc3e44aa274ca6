import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  addresses,
  bearer,
  enrolRequest,
  planText,
  removeFolder,
  report,
  secret,
  send,
  start,
  tempFolder,
} from '../support.ts';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => {
  child?.kill('SIGKILL');
  removeFolder(folder);
});

/** A coordinator in its own process; `port` and `caPem` from its first line. */
async function spawnCoordinator(): Promise<{ port: number; caPem: string }> {
  writeFileSync(join(folder, 'cluster.yaml'), planText());
  child = spawn(process.execPath, [join(import.meta.dirname, '../child.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) return JSON.parse(line);
  throw new Error('the coordinator did not start');
}

it('keeps every acknowledged report after kill -9 under load', async () => {
  const { port, caPem } = await spawnCoordinator();
  const agent = new https.Agent({ keepAlive: true, maxSockets: 8, ca: caPem });
  const ask = (path: string, body: unknown, token: string) =>
    send(https, { host: '127.0.0.1', port, path, agent }, { body, headers: bearer(token) });
  const { body } = await send(
    http,
    { socketPath: join(folder, 'sock'), path: '/v1/tokens' },
    { body: { host: 'node01' } },
  );
  const { credential, credentialSha256 } = secret();
  const token = /muster-[\w-]+/.exec(body.command)?.[0] ?? '';
  await ask('/v1/enrol', enrolRequest({ credentialSha256, addresses: [addresses.node01] }), token);

  const acknowledged: string[] = [];
  let next = 0;
  const sender = async () => {
    while (next < 5000) {
      const text = `line ${next++}`;
      const output = [{ at: new Date().toISOString(), step: 'packages', text }];
      try {
        const { status } = await ask('/v1/reports', report('node01', { output }), credential);
        if (status === 204) acknowledged.push(text);
      } catch {
        return;
      }
      if (acknowledged.length === 200) child?.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: 8 }, sender));
  agent.destroy();
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  expect(next).toBeLessThan(5000);

  const again = await start({ folder });
  const page = await again.operator('/v1/hosts/node01/logs');
  const stored = new Set(page.body.lines.map(({ text }: { text: string }) => text));
  expect(acknowledged.filter((text) => !stored.has(text))).toEqual([]);
  expect((await again.ask('/v1/target', { headers: bearer(credential) })).status).toBe(200);
  await again.stop();
});
