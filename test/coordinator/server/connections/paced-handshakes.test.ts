import { once } from 'node:events';
import https from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureCertificates } from '../../../../coordinator/server/certificates.ts';
import { paceHandshakes } from '../../../../coordinator/server/connections/paced-handshakes.ts';
import { removeFolder, send, tempFolder } from '../../support.ts';

const folder = tempFolder();
let server: https.Server;
let ca: string;
let begun = 0;
afterEach(() => {
  server.close().closeAllConnections();
  removeFolder(folder);
});

async function serve(patienceMs: number): Promise<number> {
  const { caPem, certPem, keyPem } = await ensureCertificates(folder, { addresses: [], names: [], now: new Date() });
  ca = caPem;
  server = https.createServer({ cert: certPem, key: keyPem, pauseOnConnect: true }, (_request, response) => {
    response.end('done');
  });
  begun = 0;
  server.on('connection', () => (begun += 1));
  paceHandshakes(server, patienceMs);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

let port: number;
beforeEach(async () => {
  port = await serve(5000);
});

test('a flood of connections is served, with timers having their turn between handshakes', async () => {
  let fired = 0;
  let before = 0;
  const between: number[] = [];
  server.on('secureConnection', () => {
    between.push(fired - before);
    before = fired;
  });
  const timer = setInterval(() => (fired += 1), 1);
  const ask = () => send(https, { host: '127.0.0.1', port, ca, path: '/', agent: new https.Agent() }, {});
  const answers = await Promise.all(Array.from({ length: 200 }, ask));
  clearInterval(timer);
  expect(answers.every(({ text }) => text === 'done')).toBe(true);
  expect(between.filter((count) => count > 0).length).toBeGreaterThan(200 / 32);
});

test('connections that send nothing do not hold up others', async () => {
  const silent = Array.from({ length: 300 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await Promise.all(silent.map((socket) => once(socket, 'connect')));
  expect((await send(https, { host: '127.0.0.1', port, ca, path: '/' }, {})).text).toBe('done');
  for (const socket of silent) socket.destroy();
});

test('connections that were closed while they waited take nobody’s turn', async () => {
  let doomed = 300;
  server.on('connection', (socket) => {
    if (doomed-- > 0) socket.destroy();
  });
  const gone = Array.from({ length: doomed }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await Promise.all(gone.map((socket) => once(socket, 'close')));
  expect((await send(https, { host: '127.0.0.1', port, ca, path: '/' }, {})).text).toBe('done');
  expect(begun).toBe(1);
});
