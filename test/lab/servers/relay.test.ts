import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { createRelay, listen } from './relay.ts';

const open: Server[] = [];
const opened = (server: Server) => {
  open.push(server);
  return server;
};
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** A server that counts received bytes and answers with the total once the client has finished. */
async function counter(): Promise<number> {
  const server = opened(
    createServer({ allowHalfOpen: true }, (socket) => {
      let characters = 0;
      socket.on('data', (chunk) => {
        characters += chunk.length;
      });
      socket.on('end', () => socket.end(`${characters} characters`));
    }),
  );
  return listen(server, { host: '127.0.0.1', port: 0 });
}

it('carries a connection through a socket file to a port and back, a one-sided end included', async () => {
  const folder = await mkdtemp(`${tmpdir()}/muster-relay-`);
  const path = `${folder}/relay.sock`;
  await listen(opened(createRelay({ host: '127.0.0.1', port: await counter() })), { path });
  const port = await listen(opened(createRelay({ path })), { host: '127.0.0.1', port: 0 });
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  socket.end('x'.repeat(200_000));
  expect(await text(socket)).toBe('200000 characters');
  await rm(folder, { recursive: true });
});

it('takes another port where the wanted one is taken', async () => {
  const taken = await listen(opened(createServer()), { host: '127.0.0.1', port: 0 });
  const server = opened(createServer());
  const port = await listen(server, { host: '127.0.0.1', port: taken });
  expect(port).not.toBe(taken);
  expect((server.address() as AddressInfo).port).toBe(port);
});

it('closes a connection that leads nowhere', async () => {
  const gone = createServer();
  const nowhere = await listen(gone, { host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => gone.close(resolve));
  const relay = opened(createRelay({ host: '127.0.0.1', port: nowhere }));
  const port = await listen(relay, { host: '127.0.0.1', port: 0 });
  const socket = connect({ host: '127.0.0.1', port });
  await new Promise((resolve) => socket.once('close', resolve));
});
