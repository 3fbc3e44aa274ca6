import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { copyIn } from '../../lab/hosts.ts';
import { on } from '../../lab/install.ts';
import { hostNamed, labPaths } from '../../lab/layout.ts';
import { shell } from '../support/induced.ts';

/**
 * An etcd that a site runs on one of its hosts, with certificates of its own and the data folder of Debian's package.
 */

export const clientFolder = '/etc/etcd/pki';
const serverFolder = '/etc/site-etcd';
const data = '/var/lib/etcd/default';

/** The plan's `etcd` for the etcd on this host. */
export const plannedEtcd = (host: string) => ({
  external: {
    endpoints: [`https://${hostNamed(host)?.address}:2379`],
    caFile: `${clientFolder}/ca.crt`,
    certFile: `${clientFolder}/client.crt`,
    keyFile: `${clientFolder}/client.key`,
  },
});

/** Starts etcd on `host` and gives `master` a client certificate. Returns the text of the client's key. */
export async function startSiteEtcd(host: string, master: string): Promise<string> {
  const address = hostNamed(host)?.address ?? '';
  const folder = await mkdtemp(path.join(tmpdir(), 'site-etcd-'));
  try {
    const key = await makeCertificates(folder, address);
    await shell(host, `mkdir -p ${serverFolder} ${data} && chmod 700 ${data}`);
    await copyIn(host, `${labPaths.tools}/usr/bin/etcd`, '/usr/local/bin/etcd');
    await copyIn(host, `${labPaths.tools}/usr/bin/etcdctl`, '/usr/local/bin/etcdctl');
    for (const name of ['ca.crt', 'server.crt', 'server.key']) {
      await copyIn(host, path.join(folder, name), `${serverFolder}/${name}`);
    }
    await shell(master, `mkdir -p -m 700 ${clientFolder}`);
    for (const name of ['ca.crt', 'client.crt', 'client.key']) {
      await copyIn(master, path.join(folder, name), `${clientFolder}/${name}`);
    }
    await shell(master, `chmod 600 ${clientFolder}/client.key`);
    await on(host, 'systemd-run', '--unit=site-etcd', '--property=Restart=always', ...serverCommand(address));
    return key;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function serverCommand(address: string): string[] {
  const [client, peer] = [`https://${address}:2379`, 'https://127.0.0.1:2380'];
  return [
    ...['/usr/local/bin/etcd', '--name=site', `--data-dir=${data}`],
    ...[`--listen-client-urls=${client}`, `--advertise-client-urls=${client}`],
    ...[`--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`, `--initial-cluster=site=${peer}`],
    ...['--client-cert-auth', `--trusted-ca-file=${serverFolder}/ca.crt`],
    ...[`--cert-file=${serverFolder}/server.crt`, `--key-file=${serverFolder}/server.key`],
    ...['--peer-auto-tls', '--log-level=warn'],
  ];
}

async function makeCertificates(folder: string, address: string): Promise<string> {
  const openssl = (...args: string[]) => execa('openssl', args, { cwd: folder });
  // In the traditional form: kubeadm cannot pass on an EC key in PKCS#8.
  for (const name of ['ca', 'server', 'client']) {
    await openssl('ecparam', '-genkey', '-noout', '-name', 'prime256v1', '-out', `${name}.key`);
  }
  await openssl('req', '-x509', '-key', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=site-etcd-ca', '-days', '30');
  for (const [name, extension] of [
    ['server', `subjectAltName=IP:${address}\nextendedKeyUsage=serverAuth,clientAuth`],
    ['client', 'extendedKeyUsage=clientAuth'],
  ] as const) {
    await writeFile(path.join(folder, `${name}.ext`), extension);
    await openssl('req', '-new', '-key', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-extfile', `${name}.ext`];
    await openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, ...signing);
  }
  return (await execa('cat', ['client.key'], { cwd: folder })).stdout;
}

/** Keys of etcd that begin with this, asked with the server's own certificate. */
export async function keysIn(host: string, prefix: string): Promise<string[]> {
  const files = `--cacert ${serverFolder}/ca.crt --cert ${serverFolder}/server.crt --key ${serverFolder}/server.key`;
  const endpoint = `--endpoints https://${hostNamed(host)?.address}:2379`;
  const printed = await shell(host, `ETCDCTL_API=3 etcdctl ${files} ${endpoint} get --prefix --keys-only ${prefix}`);
  return printed.split('\n').filter(Boolean);
}
