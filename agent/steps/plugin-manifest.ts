import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { download } from './download.ts';

/**
 * The network plugin's manifest for this plan. Flannel's contains the pod range; Calico reads it from kubeadm's
 * configuration. Throws MusterError `download-failed`.
 */
export async function pluginManifest(
  { plugin, podSubnet }: ClusterSettings['network'],
  options: { signal: AbortSignal; timeoutMs?: number },
): Promise<string> {
  const fix = {
    en: 'set network.plugin to a manifest that the control plane reaches, or to a file beside the plan',
    zh: '请将 network.plugin 设为控制平面可以访问的清单，或计划旁的文件',
  };
  const text =
    'text' in plugin.manifest
      ? plugin.manifest.text
      : (await download(plugin.manifest.url, { ...options, fix })).toString('utf8');
  return plugin.kind === 'flannel' ? text.replace(/("Network":\s*)"[^"]*"/, `$1${JSON.stringify(podSubnet)}`) : text;
}
