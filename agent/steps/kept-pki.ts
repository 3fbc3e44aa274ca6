import { X509Certificate } from 'node:crypto';
import { agentPaths } from '../../shared/paths.ts';
import type { Host } from '../host/host.ts';
import { caFingerprint } from '../kube/ca.ts';

/**
 * A copy of the cluster's CAs and keys on a control plane whose etcd runs elsewhere. `kubeadm reset` deletes the PKI,
 * but not the data: without its CA nobody could use it again. Deleted when the host leaves the cluster.
 */
const folder = `${agentPaths.state}/cluster-pki`;
const pki = '/etc/kubernetes/pki';
const names = ['ca.crt', 'ca.key', 'sa.pub', 'sa.key', 'front-proxy-ca.crt', 'front-proxy-ca.key'] as const;

/** Copies the PKI if it is complete; else a copy that is there stays. */
export async function keepPki(host: Host): Promise<void> {
  const files = await read(host, pki);
  if (files !== null) await write(host, folder, files);
}

/** SHA-256 of the CA whose PKI is kept; null: none. */
export async function keptCa(host: Host): Promise<string | null> {
  const files = await read(host, folder);
  return files === null ? null : caFingerprint(files['ca.crt']);
}

/** Puts the copy back before kubeadm init, which uses the CAs that it finds. */
export async function restorePki(host: Host): Promise<void> {
  const files = await read(host, folder);
  if (files !== null) await write(host, pki, files);
}

export async function forgetPki(host: Host): Promise<void> {
  await Promise.all(names.map((name) => host.removeFile(`${folder}/${name}`)));
}

type Files = Record<(typeof names)[number], string>;

async function read(host: Host, from: string): Promise<Files | null> {
  const contents = await Promise.all(names.map((name) => host.readFile(`${from}/${name}`)));
  const files = Object.fromEntries(names.map((name, index) => [name, contents[index] ?? ''])) as Files;
  return names.every((name) => files[name] !== '') && isCertificate(files['ca.crt']) ? files : null;
}

async function write(host: Host, to: string, files: Files): Promise<void> {
  for (const name of names) {
    const isPublic = to === pki && !name.endsWith('.key');
    await host.writeFile(`${to}/${name}`, files[name], { mode: isPublic ? 0o644 : 0o600 });
  }
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
