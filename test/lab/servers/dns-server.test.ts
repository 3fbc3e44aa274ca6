import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answer } from './dns-server.ts';

let socket: Socket;
const resolver = new Resolver();

beforeAll(async () => {
  const names = new Map([['mirror.lab', '192.168.0.1']]);
  socket = createSocket('udp4', (query, { port, address }) => socket.send(answer(query, names), port, address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
});
afterAll(() => {
  socket.close();
});

it('knows the names of its table, in any case', async () => {
  expect(await resolver.resolve4('mirror.lab')).toEqual(['192.168.0.1']);
  expect(await resolver.resolve4('Mirror.LAB')).toEqual(['192.168.0.1']);
});

it('has no IPv6 address for them, and no other names', async () => {
  await expect(resolver.resolve6('mirror.lab')).rejects.toMatchObject({ code: 'ENODATA' });
  await expect(resolver.resolve4('other.lab')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});
