import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { startChild } from './children.ts';

/** The first ones also pay for the server's code. */
const warmUp = 200;
const count = 1000;

/** What one idle long poll takes in a bare HTTPS server, in bytes; `state`: the coordinator's folder. */
export async function idleConnectionBytes(state: string, ca: string): Promise<number> {
  const { child, first } = await startChild<{ port: number }>('idle-server.ts', [state]);
  const resident = async () => (await child.ask<{ residentBytes: number }>({})).residentBytes;
  const open: TLSSocket[] = [];

  async function poll(): Promise<void> {
    const socket = connect({ port: first.port, host: '127.0.0.1', ca });
    open.push(socket);
    await once(socket, 'secureConnect');
    socket.write('GET /v1/target?wait=50 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  }

  try {
    for (let index = 0; index < warmUp; index += 1) await poll();
    const before = await resident();
    for (let index = 0; index < count; index += 1) await poll();
    return ((await resident()) - before) / count;
  } finally {
    for (const socket of open) socket.destroy();
    await child.kill();
  }
}
