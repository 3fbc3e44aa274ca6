import { once } from 'node:events';
import https from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noteKnown } from '../../../../coordinator/api/http/address.ts';
import { ensureCertificates } from '../../../../coordinator/server/certificates.ts';
import { paceHandshakes } from '../../../../coordinator/server/connections/paced-handshakes.ts';
import { makeRoom } from '../../../../coordinator/server/connections/strangers.ts';
import { removeFolder, send, tempFolder } from '../../support.ts';

const [crowded, connections] = [4, 8];
let folder: string;
let server: https.Server;
let ca: string;
let port: number;
const sockets: Socket[] = [];
const agents: https.Agent[] = [];

beforeEach(async () => {
  folder = tempFolder();
  const { caPem, certPem, keyPem } = await ensureCertificates(folder, { addresses: [], names: [], now: new Date() });
  ca = caPem;
  server = https.createServer({ cert: certPem, key: keyPem, pauseOnConnect: true }, (request, response) => {
    if (request.url === '/known') noteKnown(request);
    response.end('done');
  });
  paceHandshakes(server, 5000);
  makeRoom(server, { crowded, connections });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const agent of agents.splice(0)) agent.destroy();
  server.close().closeAllConnections();
  removeFolder(folder);
});

/** A client with one connection of its own, which stays open. */
function client() {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  agents.push(agent);
  return (path: string) => send(https, { host: '127.0.0.1', port, ca, path, agent }, {});
}

async function silent(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

const openConnections = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

test('connections without a handshake make room for later ones, the oldest first', async () => {
  const first = await silent();
  const ends = once(first, 'close');
  for (let count = 1; count < crowded; count += 1) await silent();
  expect((await client()('/')).text).toBe('done');
  await ends;
  expect(sockets.filter(({ destroyed }) => destroyed)).toEqual([first]);
});

test('idle connections without a credential are closed first; those with one stay', async () => {
  let closed = 0;
  server.on('secureConnection', (socket) => socket.once('close', () => (closed += 1)));
  const [host, ...strangers] = [client(), client(), client(), client(), client(), client()];
  await host?.('/known');
  for (const ask of strangers) expect((await ask('/')).text).toBe('done');
  await expect.poll(openConnections).toBe(crowded);
  expect(closed).toBe(2);
  expect((await host?.('/known'))?.text).toBe('done');
  expect(closed, 'the host used its first connection').toBe(2);
});

test('hosts beyond that number are served, too, and strangers do not keep them out', async () => {
  const hosts = Array.from({ length: crowded + 2 }, client);
  for (const ask of hosts) expect((await ask('/known')).text).toBe('done');
  const first = await silent();
  const ends = once(first, 'close');
  await silent();
  await ends;
  expect((await client()('/known')).text).toBe('done');
  for (const ask of hosts) expect((await ask('/known')).text).toBe('done');
});
