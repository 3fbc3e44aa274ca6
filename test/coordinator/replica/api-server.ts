import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { leasePath, recordsPath } from '../../../shared/kube/coordinator-objects.ts';
import { kubeconfigText } from '../../agent/kube/api-server.ts';
import { certificate } from '../../agent/kube/der.ts';

interface Stored {
  metadata: { name: string; resourceVersion?: string } & Record<string, unknown>;
  spec?: Record<string, unknown>;
}
interface Reply {
  status: number;
  body?: unknown;
}

/** How the server treats requests: `down`: connections end; `hang`: no answer; `lost`: performed, but the answer is lost. */
type Mode = 'up' | 'down' | 'hang' | 'lost';

const pageSize = 2;
const status = (code: number, message: string): Reply => ({ status: code, body: { kind: 'Status', message } });

/**
 * An API server over real TLS with what coordinators use: optimistic concurrency by resourceVersion, names that can be
 * created once, lists in pages whose tokens may expire.
 */
export async function startApi() {
  const own = certificate([['CN', 'kube-apiserver']]);
  const objects = new Map<string, Stored>();
  const requests: string[] = [];
  const control = {
    mode: 'up' as Mode,
    expireNextPage: false,
    refuse: null as Reply | null,
    removals: Number.POSITIVE_INFINITY,
    /** How long a page of records takes, in ms. */
    pageMs: 0,
    /** Control planes whose coordinators do not reach it. */
    cut: new Set<string>(),
  };
  let version = 1;

  function stamped(object: Stored): Stored {
    version += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
  }

  function list(path: string, search: URLSearchParams): Reply {
    const from = Number(search.get('continue') ?? 0);
    if (from > 0 && control.expireNextPage) {
      control.expireNextPage = false;
      return status(410, 'the provided continue parameter is too old');
    }
    const all = [...objects].filter(([key]) => key.startsWith(`${path}/`)).map(([, object]) => object);
    const more = from + pageSize < all.length ? { continue: String(from + pageSize) } : {};
    return { status: 200, body: { metadata: more, items: all.slice(from, from + pageSize) } };
  }

  function answer(method: string, url: URL, body: string): Reply {
    if (control.refuse !== null) return control.refuse;
    const path = url.pathname;
    const there = objects.get(path);
    if (method === 'POST') {
      const sent = JSON.parse(body) as Stored;
      const key = `${path}/${sent.metadata.name}`;
      if (objects.has(key)) return status(409, `${sent.metadata.name} already exists`);
      objects.set(key, stamped(sent));
      return { status: 201, body: objects.get(key) };
    }
    if (method === 'GET' && path === recordsPath) return list(path, url.searchParams);
    if (there === undefined) return status(404, `${path} not found`);
    if (method === 'DELETE' && control.removals <= 0) return status(503, 'the server is overloaded');
    if (method === 'DELETE') {
      control.removals -= 1;
      objects.delete(path);
    }
    if (method !== 'PUT') return { status: 200, body: there };
    const sent = JSON.parse(body) as Stored;
    if (sent.metadata.resourceVersion !== there.metadata.resourceVersion)
      return status(409, 'the object has been modified');
    objects.set(path, stamped(sent));
    return { status: 200, body: objects.get(path) };
  }

  const server = createServer({ cert: own.certPem, key: own.keyPem, requestCert: true, rejectUnauthorized: false });
  server.on('request', async (incoming, outgoing) => {
    const { CN } = (incoming.socket as TLSSocket).getPeerCertificate().subject;
    if (control.cut.has(String(CN).replace('muster-coordinator:', ''))) return void incoming.socket.destroy();
    if (control.mode === 'down') return void incoming.socket.destroy();
    const body = await text(incoming);
    if (control.mode === 'hang') return;
    const url = new URL(incoming.url ?? '/', 'https://api');
    requests.push(`${incoming.method} ${url.pathname}`);
    if (url.pathname === recordsPath && incoming.method === 'GET') await sleep(control.pageMs);
    const { status: code, body: sent } = answer(incoming.method ?? 'GET', url, body);
    if ((control.mode as Mode) === 'lost') return void incoming.socket.destroy();
    outgoing.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(sent ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  objects.set(leasePath, stamped({ metadata: { name: 'muster-coordinator' } }));

  return {
    caPem: own.certPem,
    objects,
    requests,
    control,
    /** The Lease's holder. */
    holder: () =>
      (objects.get(leasePath) as unknown as { spec?: { holderIdentity?: string } }).spec?.holderIdentity ?? '',
    /** How often the Lease has changed hands. */
    transitions: () =>
      (objects.get(leasePath) as unknown as { spec?: { leaseTransitions?: number } }).spec?.leaseTransitions ?? 0,
    records: () =>
      [...objects.keys()].filter((key) => key.startsWith(`${recordsPath}/`)).map((key) => key.split('/').at(-1)),
    kubeconfig: (host: string) =>
      kubeconfigText(
        `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
        own.certPem,
        certificate([
          ['O', 'muster:coordinators'],
          ['CN', `muster-coordinator:${host}`],
        ]),
      ),
    close: () => closed(server),
  };
}

export type Api = Awaited<ReturnType<typeof startApi>>;

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
