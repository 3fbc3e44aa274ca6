import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseListen, parseUrl } from '../../../coordinator/server/connections/listen.ts';
import type { PlanFileProblem } from '../../../shared/protocol/plan-problem.ts';
import { addresses, cluster, enrolled, planText, removeFolder, requestsWait, start, tempFolder } from '../support.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => removeFolder(folder));

describe('serve', () => {
  it('stops cleanly: open polls and joins are answered, and the next start has all that was acknowledged', async () => {
    const first = await start({ folder });
    const master = await enrolled(first, 'master01');
    const worker = await enrolled(first, 'node01');
    await master.report({ cluster: cluster(first.caPem) });
    const etag = (await worker.target()).headers.etag ?? '';
    const waiting = requestsWait(2);
    const polling = worker.target({ etag, wait: 60 });
    const joining = worker.joinCredential(60);
    await waiting;
    const began = Date.now();
    await first.stop({ keep: true });
    expect(Date.now() - began, 'they were let go').toBeLessThan(50_000);
    expect((await polling).status).toBe(304);
    expect((await joining).status).toBe(503);

    const second = await start({ folder });
    expect(second.pin).toBe(first.pin);
    const answer = await second.ask('/v1/target', { headers: worker.headers });
    expect(answer.body.assignment.cluster.caPem).toBe(first.caPem);
    await second.stop();
  });

  it('refuses a second coordinator on the same socket, and takes over the socket of a dead process', async () => {
    const first = await start({ folder });
    await expect(start({ folder })).rejects.toMatchObject({ code: 'already-running' });
    expect((await first.operator('/v1/status')).status).toBe(200);
    await first.stop({ keep: true });
    writeFileSync(join(folder, 'sock'), '');
    const second = await start({ folder });
    expect((await second.operator('/v1/status')).status).toBe(200);
    await second.stop();
  });

  it('reports that another program listens on its port', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as net.AddressInfo;
    await expect(start({ folder, listen: `127.0.0.1:${port}` })).rejects.toMatchObject({
      code: 'listen-failed',
      params: { where: `127.0.0.1:${port}` },
    });
    other.close();
  });

  it('refuses to start without a valid plan, and lists every problem', async () => {
    const bad = planText().replace(addresses.node01, '10.77.0.300').replace('name: node02', 'name: Node_02');
    await expect(start({ folder, planText: bad })).rejects.toMatchObject({
      code: 'plan-invalid',
      message: expect.stringMatching(/cluster\.yaml:10: .*\n.*cluster\.yaml:11: /),
    });
  });

  it('accepts TLS 1.2 and later, and presents a certificate for the plan’s address', async () => {
    const coordinator = await start({ folder });
    const connect = (options: tls.ConnectionOptions) =>
      new Promise<tls.PeerCertificate>((resolve, reject) => {
        const socket = tls.connect(
          { host: '127.0.0.1', port: coordinator.port, ca: coordinator.caPem, ...options },
          () => {
            resolve(socket.getPeerCertificate());
            socket.end();
          },
        );
        socket.once('error', reject);
      });
    expect((await connect({})).subjectaltname).toContain(addresses.master01);
    expect((await connect({ maxVersion: 'TLSv1.2' })).subjectaltname).toContain(addresses.master01);
    // Without this, the client's own OpenSSL would refuse.
    const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(connect(old)).rejects.toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
    await coordinator.stop();
  });

  it('has a certificate for the virtual address, too, so that a page opened there moves with it', async () => {
    const text = planText().replace('hosts:', 'loadBalancer: {keepalived: {address: 10.77.0.100}}\nhosts:');
    const coordinator = await start({ folder, planText: text.replaceAll('role: worker', 'role: control-plane') });
    const { port, caPem: ca } = coordinator;
    const socket = tls.connect({ host: '127.0.0.1', port, ca, checkServerIdentity: () => undefined });
    await once(socket, 'secureConnect');
    expect(socket.getPeerCertificate().subjectaltname?.split(', ')).toEqual(
      expect.arrayContaining(['10.77.0.100', ...Object.values(addresses)].map((address) => `IP Address:${address}`)),
    );
    socket.destroy();
    await coordinator.stop();
  });

  it('keeps the last valid plan while the file is invalid, and loads the next valid one', async () => {
    const coordinator = await start({ folder });
    const status = async () => (await coordinator.operator('/v1/status')).body;
    const until = (done: (status: { planProblems: PlanFileProblem[]; hosts: unknown[] }) => boolean) =>
      vi.waitUntil(async () => [await status()].find(done), { timeout: 60_000, interval: 100 });
    writeFileSync(coordinator.plan, planText().replace(addresses.node01, '10.77.0.300'));
    const broken = await until(({ planProblems }) => planProblems.length > 0);
    expect(broken.planProblems[0]).toMatchObject({ file: 'cluster.yaml', line: 10, code: 'ipv4-invalid' });
    expect(broken.hosts).toHaveLength(3);
    writeFileSync(
      coordinator.plan,
      planText(
        `  - {name: node03, address: 10.77.0.13, role: worker}\ncoordinator: {address: 10.77.0.99, port: 7443}\n`,
      ),
    );
    expect((await until(({ planProblems }) => planProblems.length === 0)).hosts).toHaveLength(4);
    await until(
      (seen) =>
        (seen as unknown as { coordinator: { certificateSha256: string } }).coordinator.certificateSha256 !==
        coordinator.certificateSha256,
    );
    await coordinator.stop();
  });
});

describe('parseListen', () => {
  it('accepts ADDRESS:PORT and nothing else', () => {
    expect(parseListen('0.0.0.0:7443')).toEqual({ host: '0.0.0.0', port: 7443 });
    expect(parseListen('[::]:7443')).toEqual({ host: '::', port: 7443 });
    for (const bad of ['7443', 'localhost:7443', '1.2.3.4', '1.2.3.4:99999', '']) {
      expect(() => parseListen(bad)).toThrow(expect.objectContaining({ code: 'listen-invalid' }));
    }
  });
});

describe('parseUrl', () => {
  it('accepts https://HOST:PORT and nothing else', () => {
    expect(parseUrl('https://muster.example.org:7443').hostname).toBe('muster.example.org');
    for (const bad of ['muster:7443', 'http://muster:7443', 'https://muster:7443/', 'https://a b']) {
      expect(() => parseUrl(bad)).toThrow(expect.objectContaining({ code: 'url-invalid' }));
    }
  });
});
