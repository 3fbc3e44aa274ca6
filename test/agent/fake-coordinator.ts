import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ensureCertificates } from '../../coordinator/server/certificates.ts';

export interface FakeRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: unknown;
  /** The client's port: one per connection. */
  port: number | undefined;
}

export interface FakeAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON; a buffer is sent unchanged. */
  body?: unknown;
}

export interface FakeCoordinator {
  url: string;
  ca: string;
  /** Every request received, in order. */
  requests: FakeRequest[];
  /** Of the CA and the certificate. */
  folder: string;
  close(): Promise<void>;
}

/**
 * An HTTPS server with its own CA, or that of `beside`, and a certificate for 127.0.0.1; the test provides the answers.
 */
export async function fakeCoordinator(
  answer: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>,
  { address = '127.0.0.1', beside }: { address?: string; beside?: FakeCoordinator } = {},
): Promise<FakeCoordinator> {
  const folder = beside?.folder ?? (await mkdtemp(join(tmpdir(), 'muster-ca-')));
  const { caPem, certPem, keyPem } = await ensureCertificates(folder, {
    addresses: ['127.0.0.1'],
    names: ['localhost'],
    now: new Date(),
  });
  const requests: FakeRequest[] = [];
  const server = createServer({ cert: certPem, key: keyPem }, async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'https://localhost');
    const body = await text(incoming);
    const request = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      port: incoming.socket.remotePort,
      body: body === '' ? undefined : JSON.parse(body),
    };
    requests.push(request);
    const { status = 200, headers = {}, body: reply } = await answer(request);
    outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
    outgoing.end(reply === undefined || Buffer.isBuffer(reply) ? reply : JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return {
    url: `https://${address}:${(server.address() as AddressInfo).port}`,
    ca: caPem,
    requests,
    folder,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
