import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { askNameserver, encode } from '../../../../agent/facts/reach/nameserver.ts';

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** The query, marked as an answer with this code. */
function answerTo(query: Buffer, code: number): Buffer {
  const answer = Buffer.from(query);
  answer[2] = 0x81;
  answer[3] = 0x80 | code;
  return answer;
}

/** A nameserver over UDP that loses the first `lost` queries. Returns its port. */
async function overUdp(code: number, lost = 0): Promise<number> {
  const socket = createSocket('udp4');
  open.push(socket);
  let seen = 0;
  socket.on('message', (query, { port, address }) => {
    seen += 1;
    if (seen > lost) socket.send(answerTo(query, code), port, address);
  });
  return new Promise((resolve) => socket.bind(0, '127.0.0.1', () => resolve(socket.address().port)));
}

test('a query is one question for A records', () => {
  expect(encode(0x1234, 'a.example').toString('hex')).toBe(
    '123401000001000000000000' + '0161' + '076578616d706c65' + '00' + '0001' + '0001',
  );
  expect(encode(1, '.').toString('hex')).toBe('000101000001000000000000' + '00' + '0001' + '0001');
});

test.each([
  [0, 'ok', 'NOERROR'],
  [3, 'ok', 'NXDOMAIN'],
  [2, 'failed', 'SERVFAIL'],
  [5, 'failed', 'REFUSED'],
])('an answer with code %i: %s', async (code, result, detail) => {
  expect(await askNameserver('127.0.0.1', 'a.example', await overUdp(code))).toMatchObject({ result, detail });
});

test('a lost packet is sent again', async () => {
  expect(await askNameserver('127.0.0.1', '.', await overUdp(0, 1))).toMatchObject({ result: 'ok' });
});

test('without an answer over UDP, TCP is tried', async () => {
  const server = createServer((socket) => {
    socket.on('data', (data: Buffer) => {
      const answer = answerTo(data.subarray(2), 0);
      socket.write(Buffer.concat([Buffer.from([0, answer.length]), answer]));
    });
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  expect(await askNameserver('127.0.0.1', 'a.example', port)).toMatchObject({ result: 'ok' });
});

test('what is no answer ends the attempt over TCP, however much follows', async () => {
  let held = 0;
  const server = createServer((socket) => {
    const began = performance.now();
    const noise = Buffer.alloc(256 * 1024);
    const flood = () => {
      while (socket.writable && socket.write(noise));
    };
    socket.on('drain', flood).on('error', () => undefined);
    socket.on('close', () => {
      held = performance.now() - began;
    });
    socket.once('data', flood);
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  expect((await askNameserver('127.0.0.1', 'a.example', port)).result).not.toBe('ok');
  await expect.poll(() => held).toBeGreaterThan(0);
  expect(held).toBeLessThan(500);
});

test('a port on which nothing listens is refused at once, silence ends in time', async () => {
  const refused = await askNameserver('127.0.0.1', '.', 9);
  expect(refused).toMatchObject({ result: 'refused', target: '127.0.0.1' });
  const silent = await askNameserver('127.0.0.1', '.', await overUdp(0, 99));
  expect(silent.ms).toBeLessThan(3000);
  expect(silent.result).not.toBe('ok');
});
