import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endIfSlow } from '../../../../coordinator/api/http/download.ts';
import { removeFolder, tempFolder } from '../../support.ts';

let folder: string;
let server: http.Server;
beforeEach(async () => {
  folder = tempFolder();
  const path = join(folder, 'large');
  writeFileSync(path, Buffer.alloc(20_000_000));
  const app = express();
  app.get('/', (_request, response) => {
    endIfSlow(response, { bytes: 16_384, ms: 1500 });
    response.sendFile(path, { dotfiles: 'allow' }, () => undefined);
  });
  server = http.createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close().closeAllConnections();
  removeFolder(folder);
});

const port = () => (server.address() as AddressInfo).port;

it('a client that reads is served to the end', async () => {
  const response = await fetch(`http://127.0.0.1:${port()}/`);
  expect((await response.arrayBuffer()).byteLength).toBe(20_000_000);
});

it('a client that stops reading is disconnected', async () => {
  const [accepted] = [once(server, 'connection')];
  const socket = connect(port(), '127.0.0.1').pause();
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [serverSide] = await accepted;
  await once(serverSide, 'close');
  socket.destroy();
});
