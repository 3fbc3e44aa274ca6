import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { stringify } from 'yaml';
import { certificate } from './der.ts';

export interface ApiRequest {
  method: string;
  path: string;
  body: Record<string, unknown>;
  contentType: string | undefined;
  /** The CN of the client's certificate. */
  user: string;
}

/** The answer's status and body; undefined: look it up in `objects`. */
export type ApiHook = (request: ApiRequest) => ApiAnswer | undefined;

interface ApiAnswer {
  status: number;
  body?: unknown;
  /** Writes a watch's events, and ends it; the answer stays open until then. */
  stream?: (write: (event: unknown) => void, end: () => void) => void;
}

/**
 * A Kubernetes API server over real TLS, limited to what the agent uses: objects by path. GET and DELETE of a missing
 * object return 404, a list is the object stored at its path, and POST to a collection stores the object below it.
 */
export async function startApiServer() {
  const server = certificate([['CN', 'kube-apiserver']]);
  const objects = new Map<string, Record<string, unknown>>();
  const requests: ApiRequest[] = [];
  const hooks: ApiHook[] = [];

  function answer(request: ApiRequest): ApiAnswer {
    for (const hook of hooks) {
      const found = hook(request);
      if (found !== undefined) return found;
    }
    const { method, body } = request;
    const path = request.path.split('?')[0] ?? '';
    if (method === 'POST') {
      const { metadata } = body as { metadata: { name: string } };
      objects.set(`${path}/${metadata.name}`, body);
      return { status: 201, body };
    }
    const there = objects.get(path);
    if (there === undefined) return { status: 404, body: { kind: 'Status', message: `${path} not found` } };
    if (method === 'DELETE') objects.delete(path);
    if (method === 'PUT') objects.set(path, body);
    return { status: 200, body: there };
  }

  const http = createServer({ cert: server.certPem, key: server.keyPem, requestCert: true, rejectUnauthorized: false });
  http.on('request', async (incoming, outgoing) => {
    const sent = await text(incoming);
    const request: ApiRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      body: sent === '' ? {} : (JSON.parse(sent) as Record<string, unknown>),
      contentType: incoming.headers['content-type'],
      user: String((incoming.socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'anonymous'),
    };
    requests.push(request);
    const { status, body, stream } = answer(request);
    outgoing.writeHead(status, { 'content-type': 'application/json' });
    if (stream === undefined) return void outgoing.end(JSON.stringify(body ?? {}));
    outgoing.flushHeaders();
    stream(
      (event) => outgoing.write(`${JSON.stringify(event)}\n`),
      () => outgoing.end(),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(http.address() as AddressInfo).port}`;

  return {
    url,
    caPem: server.certPem,
    objects,
    requests,
    hooks,
    /** A kubeconfig as kubeadm writes it, with a client certificate of this name. */
    kubeconfig(user = 'kubernetes-admin', notAfter?: Date): string {
      return kubeconfigText(
        url,
        server.certPem,
        certificate(
          [
            ['O', 'system:nodes'],
            ['CN', user],
          ],
          notAfter,
        ),
      );
    },
    async close(): Promise<void> {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

export type ApiServer = Awaited<ReturnType<typeof startApiServer>>;

export function kubeconfigText(url: string, caPem: string, client: { certPem: string; keyPem: string }): string {
  const base64 = (value: string) => Buffer.from(value).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'main',
    contexts: [{ name: 'main', context: { cluster: 'demo', user: 'me' } }],
    clusters: [{ name: 'demo', cluster: { server: url, 'certificate-authority-data': base64(caPem) } }],
    users: [
      {
        name: 'me',
        user: { 'client-certificate-data': base64(client.certPem), 'client-key-data': base64(client.keyPem) },
      },
    ],
  });
}

/** A Node object; `ready` null: its kubelet has not reported yet. */
export function nodeObject(
  name: string,
  ready: boolean | null,
  extra: { labels?: object; taints?: object[]; reason?: string } = {},
) {
  const message = extra.reason ?? 'container runtime network not ready';
  const condition = ready === true ? { status: 'True' } : { status: 'False', reason: 'KubeletNotReady', message };
  return {
    metadata: { name, resourceVersion: '7', labels: extra.labels ?? {} },
    spec: { taints: extra.taints ?? [] },
    status: {
      conditions: ready === null ? [] : [{ type: 'Ready', ...condition }],
      nodeInfo: { kubeletVersion: 'v1.20.2', containerRuntimeVersion: 'docker://20.10.24' },
    },
  };
}
