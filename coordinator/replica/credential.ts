import { X509Certificate } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { createKubeClient, type KubeClient } from '../../shared/kube/client.ts';
import { coordinatorUser } from '../../shared/kube/coordinator-objects.ts';
import { readKubeconfig } from '../../shared/kube/kubeconfig.ts';
import { readIfThere, unlessMissing } from '../../shared/node/files.ts';

/** How this coordinator reaches the Kubernetes API. */
export interface Connection {
  client: KubeClient;
  /** The control plane that this coordinator runs on, by its certificate. */
  host: string;
  /** SHA-256 of the cluster's CA, as clusters are identified. */
  caSha256: string;
}

export type Connect = () => Promise<Connection | null>;

/**
 * Reads the kubeconfig that the host's agent makes and renews, again whenever it changes. null: there is none. Throws
 * MusterError `kubeconfig-invalid`.
 */
export function createConnect(path: string, timeoutMs: number): Connect {
  let known: { stamp: string; connection: Connection } | null = null;
  return async () => {
    const found = await unlessMissing(stat(path));
    if (found === null) return null;
    const stamp = `${found.ino}:${found.mtimeMs}`;
    if (known?.stamp === stamp) return known.connection;
    const kubeconfig = await readKubeconfig(readIfThere, path);
    if (kubeconfig?.client === undefined) return null;
    const user = /^CN=(.*)$/m.exec(new X509Certificate(kubeconfig.client.certPem).subject)?.[1] ?? '';
    const host = user.startsWith(coordinatorUser('')) ? user.slice(coordinatorUser('').length) : '';
    const caSha256 = new X509Certificate(kubeconfig.caPem).fingerprint256.replaceAll(':', '').toLowerCase();
    known = { stamp, connection: { client: createKubeClient(kubeconfig, { timeoutMs }), host, caSha256 } };
    return known.connection;
  };
}
