import { chmod, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { type AddressInfo, connect, isIP, type ListenOptions } from 'node:net';
import { MusterError } from '../../../shared/errors/errors.ts';
import { reasonOf } from '../../../shared/errors/reason.ts';
import { limits } from './limits.ts';

export interface Endpoint {
  host: string;
  port: number;
}

/** Parses `0.0.0.0:7443` or `[::]:7443`. Throws MusterError `listen-invalid`. */
export function parseListen(text: string): Endpoint {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2] ?? '';
  const port = Number(match?.[3]);
  if (isIP(host) !== 0 && port <= 65_535) return { host, port };
  throw new MusterError('listen-invalid', { given: text });
}

/** Parses the coordinator URL that agents get. Throws MusterError `url-invalid`. */
export function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' && url.origin === text) return url;
  throw new MusterError('url-invalid', { given: text });
}

/** Starts listening and resolves to the port. Throws MusterError `listen-failed`. */
export async function listenTcp(server: Server, { host, port }: Endpoint): Promise<number> {
  await listening(server, { host, port, backlog: limits.backlog }, `${host}:${port}`);
  return (server.address() as AddressInfo).port;
}

/**
 * Listens on a Unix socket that only its owner can ever open. Replaces the file of an earlier process. Throws
 * MusterError `already-running` if another process answers on it, `listen-failed`.
 */
export async function listenSocket(server: Server, path: string): Promise<void> {
  if (await isAnswering(path)) {
    throw new MusterError('already-running', { socket: path });
  }
  await rm(path, { force: true });
  const before = process.umask(0o177);
  try {
    await listening(server, { path }, path);
  } finally {
    process.umask(before);
  }
  await chmod(path, 0o600);
}

function listening(server: Server, options: ListenOptions, where: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (cause: Error) =>
      reject(new MusterError('listen-failed', { where, reason: reasonOf(cause) }, { cause }));
    server.once('error', failed);
    server.listen(options, () => {
      server.off('error', failed);
      resolve();
    });
  });
}

/** Whether a process listens on a Unix socket. */
export function isAnswering(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
