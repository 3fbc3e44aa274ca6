import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import type { Attempt } from './attempt.ts';

/** Time limits in ms; a query is sent twice over UDP, then once over TCP. */
const limits = { resend: 400, udp: 900, tcp: 600 } as const;

/** An answer, or why there is none. */
type Reply = Buffer | 'refused' | 'silent';

const codes: Readonly<Record<number, string>> = { 0: 'NOERROR', 2: 'SERVFAIL', 3: 'NXDOMAIN', 5: 'REFUSED' };

/**
 * Asks one nameserver for the addresses of a name, as a resolver does. `ok`: it answers, whether the name exists or
 * not; `failed`: it answers that it cannot or does not want to. Takes 1.5 s at most; never throws.
 */
export async function askNameserver(address: string, name: string, port = 53): Promise<Attempt> {
  const started = performance.now();
  const id = randomInt(0x10000);
  const query = encode(id, name);
  const first = await overUdp(query, address, port);
  const reply = first instanceof Buffer ? first : await overTcp(query, address, port);
  const ms = Math.round(performance.now() - started);
  if (!(reply instanceof Buffer)) {
    const isRefused = reply === 'refused' || first === 'refused';
    return { result: isRefused ? 'refused' : 'unknown', target: address, detail: '', ms };
  }
  const code = (reply[3] ?? 0) & 0x0f;
  const detail = codes[code] ?? `RCODE ${code}`;
  return { result: code === 0 || code === 3 ? 'ok' : 'failed', target: address, detail, ms };
}

/** A query for A records, recursion desired (RFC 1035, section 4.1). */
export function encode(id: number, name: string): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(0x0100, 2);
  header.writeUInt16BE(1, 4);
  const labels = name.split('.').filter((label) => label !== '');
  const encoded = labels.map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([header, ...encoded, Buffer.from([0, 0, 1, 0, 1])]);
}

const answers = (query: Buffer, reply: Buffer) =>
  reply.length >= 12 && reply.readUInt16BE(0) === query.readUInt16BE(0) && ((reply[2] ?? 0) & 0x80) !== 0;

function overUdp(query: Buffer, address: string, port: number): Promise<Reply> {
  const { promise, resolve } = Promise.withResolvers<Reply>();
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  const send = () => socket.send(query, () => undefined);
  const timers = [setTimeout(send, limits.resend), setTimeout(() => resolve('silent'), limits.udp)];
  socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' ? 'refused' : 'silent'));
  socket.on('message', (reply) => {
    if (answers(query, reply)) resolve(reply);
  });
  // Only a connected socket is told that nothing listens.
  socket.connect(port, address, send);
  return promise.finally(() => {
    for (const timer of timers) clearTimeout(timer);
    socket.close();
  });
}

function overTcp(query: Buffer, address: string, port: number): Promise<Reply> {
  const { promise, resolve } = Promise.withResolvers<Reply>();
  const socket = connect({ host: address, port });
  const timer = setTimeout(() => resolve('silent'), limits.tcp);
  let received: Buffer = Buffer.alloc(0);
  socket.on('connect', () =>
    socket.write(Buffer.concat([Buffer.from([query.length >> 8, query.length & 0xff]), query])),
  );
  socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' ? 'refused' : 'silent'));
  socket.on('close', () => resolve('silent'));
  socket.on('data', (part: Buffer) => {
    received = Buffer.concat([received, part]);
    // The length of a message precedes it; the header is enough.
    if (received.length < 14) return;
    resolve(answers(query, received.subarray(2)) ? received.subarray(2) : 'silent');
    socket.destroy();
  });
  return promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}
