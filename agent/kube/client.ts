import { createKubeClient, type KubeClient } from '../../shared/kube/client.ts';
import type { Host } from '../host/host.ts';
import { readKubeconfig } from './kubeconfig.ts';

export type { KubeClient };

/** A client with the credential of a kubeconfig; null: the file does not exist. */
export async function kubeClient(host: Host, kubeconfigPath: string): Promise<KubeClient | null> {
  const kubeconfig = await readKubeconfig(host, kubeconfigPath);
  return kubeconfig === null ? null : createKubeClient(kubeconfig);
}
