import { rmSync, writeFileSync } from 'node:fs';
import {
  type AddressInfo,
  connect,
  createServer,
  type ListenOptions,
  type NetConnectOpts,
  type Server,
} from 'node:net';

/** Forwards every connection to `target` in both directions until either end closes. */
export function createRelay(target: NetConnectOpts): Server {
  return createServer({ allowHalfOpen: true }, (incoming) => {
    const outgoing = connect({ ...target, allowHalfOpen: true });
    incoming.on('error', () => outgoing.destroy());
    outgoing.on('error', () => incoming.destroy());
    incoming.pipe(outgoing).pipe(incoming);
  });
}

/** Listens on the wanted port, or on a free one if it is taken; resolves to the port (0 for a socket file). */
export function listen(server: Server, where: ListenOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' || where.port === undefined || where.port === 0) return reject(error);
      return resolve(listen(server, { ...where, port: 0 }));
    });
    server.listen(where, () => resolve((server.address() as AddressInfo).port ?? 0));
  });
}

/**
 * Two of these connect the machine to the lab's network through a socket file that both namespaces see: `inside SOCKET
 * ADDRESS PORT` in the lab's, `outside SOCKET PORT FILE` in the machine's, which writes its port to FILE.
 */
if (import.meta.main) {
  const [side, socket = '', ...rest] = process.argv.slice(2);
  if (side === 'inside') {
    rmSync(socket, { force: true });
    await listen(createRelay({ host: rest[0], port: Number(rest[1]) }), { path: socket });
  } else {
    const [port, file = ''] = rest;
    const got = await listen(createRelay({ path: socket }), { host: '127.0.0.1', port: Number(port) });
    writeFileSync(file, String(got));
  }
}
