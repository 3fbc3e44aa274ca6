import { mkdir } from 'node:fs/promises';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ensureCertificates } from '../../coordinator/server/certificates.ts';

export interface Origin {
  url: string;
  pin: string;
  caPem: string;
  /** null: 404. */
  serve(path: string, content: string | Buffer | null): void;
  /** The next `times` answers for the path break off after that many bytes of the promised length. */
  cut(path: string, bytes: number, times: number): void;
  /** "PATH" or "PATH RANGE" of each request so far. */
  requests: string[];
  close(): Promise<void>;
}

/** A loopback server with its own CA that can break connections off; `folder` gets its keys. */
export async function startOrigin(folder: string): Promise<Origin> {
  await mkdir(path.join(folder, 'keys'), { recursive: true });
  const options = { addresses: ['127.0.0.1'], names: [], now: new Date() };
  const { caPem, certPem, keyPem, pin } = await ensureCertificates(path.join(folder, 'keys'), options);
  const files = new Map<string, Buffer>();
  const cuts = new Map<string, { bytes: number; times: number }>();
  const requests: string[] = [];

  const server = https.createServer({ cert: certPem, key: keyPem }, (request, response) => {
    const name = request.url ?? '';
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    requests.push(range === undefined ? name : `${name} ${range}`);
    const content = files.get(name);
    const from = Number(range ?? 0);
    if (content === undefined) return void response.writeHead(404).end();
    if (from > 0 && from >= content.length) return void response.writeHead(416).end();
    const part = content.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': part.length,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
    });
    const cut = cuts.get(name);
    if (cut === undefined || cut.times === 0) return void response.end(part);
    cut.times--;
    response.flushHeaders();
    response.write(part.subarray(0, cut.bytes), () => setTimeout(() => response.destroy(), 5));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pin,
    caPem,
    requests,
    serve(name, content) {
      if (content === null) files.delete(name);
      else files.set(name, Buffer.from(content));
    },
    cut: (name, bytes, times) => void cuts.set(name, { bytes, times }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
