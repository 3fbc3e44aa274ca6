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

test('distinguishes a coordinator that accepts but does not answer from one that is not running', async () => {
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

test('takes no answer without an end', async () => {
  await using _ = await answering((_request, response) => {
    const more = (): void => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', more);
    };
    more();
  });
  const endless = callOperator(socket, z.unknown(), '/v1/x', { timeout: { request: 10_000 }, most: 1_000_000 });
  await expect(endless).rejects.toMatchObject({ code: 'unexpected-answer' });
});

test('passes a refusal on with its code and an exit code by its status', async () => {
  const problem = { code: 'host-retired', params: { host: 'node01' }, message: { en: 'is retired', zh: '已退役' } };
  await using _ = await answering((_request, response) => {
    response.statusCode = 404;
    response.end(JSON.stringify(problem));
  });
  await expect(call()).rejects.toMatchObject({ code: 'host-retired', text: problem.message, exit: exitCode.badInput });
});

/** Refuses as long as no coordinator is active. */
const takeover = (refusals: number) => {
  const asked: (string | undefined)[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(request.method);
    const isOver = asked.length > refusals;
    response.statusCode = isOver ? 200 : 503;
    const problem = { code: 'no-active', params: {}, message: { en: 'no coordinator is active', zh: '无' } };
    response.end(JSON.stringify(isOver ? { ok: true } : problem));
  };
  return { asked, listener };
};

test('a question waits until another coordinator has taken over', async () => {
  const { asked, listener } = takeover(2);
  await using _ = await answering(listener);
  expect(await call()).toEqual({ ok: true });
  expect(asked).toEqual(['GET', 'GET', 'GET']);
});

test('a change is sent once: it may have been made', async () => {
  const { asked, listener } = takeover(2);
  await using _ = await answering(listener);
  const change = callOperator(socket, z.object({}), '/v1/x', { method: 'POST', json: {} });
  await expect(change).rejects.toMatchObject({ code: 'no-active', exit: exitCode.tryAgain });
  expect(asked).toEqual(['POST']);
});
