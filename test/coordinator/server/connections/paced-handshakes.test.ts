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
/** When handshakes began, in ms. */
let begun: number[] = [];
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
  begun = [];
  server.on('connection', () => begun.push(performance.now()));
  paceHandshakes(server, patienceMs);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

let port: number;
beforeEach(async () => {
  port = await serve(5000);
});

const silent = () => Array.from({ length: 300 }, () => connect(port, '127.0.0.1').on('error', () => undefined));

test('of a flood of connections, only some handshakes are under way at a time', async () => {
  const sockets = silent();
  await expect.poll(() => begun.length).toBe(sockets.length);
  // The 129th waits until the first ones no longer count.
  expect((begun[128] ?? 0) - (begun[0] ?? 0)).toBeGreaterThan(190);
  for (const socket of sockets) socket.destroy();
});

test('connections that send nothing do not hold up others', async () => {
  const sockets = silent();
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  expect((await send(https, { host: '127.0.0.1', port, ca, path: '/' }, {})).text).toBe('done');
  for (const socket of sockets) socket.destroy();
});

test('connections that were closed while they waited take nobody’s turn', async () => {
  let doomed = 300;
  server.on('connection', (socket) => {
    if (doomed-- > 0) socket.destroy();
  });
  const gone = Array.from({ length: doomed }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await Promise.all(gone.map((socket) => once(socket, 'close')));
  expect((await send(https, { host: '127.0.0.1', port, ca, path: '/' }, {})).text).toBe('done');
  expect(begun).toHaveLength(1);
});

test('a connection that has waited too long is closed without a handshake', async () => {
  server.close().closeAllConnections();
  port = await serve(300);
  const sockets = silent();
  let closed = 0;
  for (const socket of sockets) socket.resume().once('close', () => (closed += 1));
  await expect.poll(() => closed + begun.length).toBe(sockets.length);
  // The third 128 would begin after 400 ms.
  expect(begun.length).toBeLessThanOrEqual(2 * 128);
  for (const socket of sockets) socket.destroy();
});
