import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { callOperator } from '../../../coordinator/cli/client.ts';
import { exitCode } from '../../../shared/errors/errors.ts';

let folder: string;
let socket: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-client-'));
  socket = join(folder, 'sock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const call = () => callOperator(socket, z.object({ ok: z.literal(true) }), '/v1/x', { timeout: { request: 200 } });

async function answering(answer: RequestListener): Promise<AsyncDisposable> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('reports that the coordinator is not running when the socket does not exist', async () => {
  const expected = { code: 'coordinator-not-running', params: { socket }, exit: exitCode.unavailable };
  await expect(call()).rejects.toMatchObject(expected);
});

test('tells a coordinator that accepts but does not answer from one that is not running', async () => {
  await using _ = await answering(() => {});
  await expect(call()).rejects.toMatchObject({ code: 'coordinator-hangs', exit: exitCode.unavailable });
});

test('reports an answer of another shape in both languages', async () => {
  await using _ = await answering((_request, response) => response.end('{"ok":1}'));
  await expect(call()).rejects.toMatchObject({
    code: 'unexpected-answer',
    text: { en: expect.stringContaining('ok: required: true'), zh: expect.stringContaining('ok：要求：true') },
  });
});

test('passes a refusal on with its code and an exit code by its status', async () => {
  const problem = { code: 'host-retired', params: { host: 'node01' }, message: { en: 'is retired', zh: '已退役' } };
  await using _ = await answering((_request, response) => {
    response.statusCode = 404;
    response.end(JSON.stringify(problem));
  });
  await expect(call()).rejects.toMatchObject({ code: 'host-retired', text: problem.message, exit: exitCode.badInput });
});
