import { hash } from 'node:crypto';
import { MusterError } from '../../shared/errors/errors.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { type DownloadOptions, download } from './download.ts';

/**
 * The network plugin's manifest for this plan. Flannel's contains the pod range; Calico reads it from kubeadm's
 * configuration. Throws MusterError `download-failed`, `manifest-mismatch`.
 */
export async function pluginManifest(
  settings: ClusterSettings,
  options: Pick<DownloadOptions, 'host' | 'signal' | 'timeoutMs'>,
): Promise<string> {
  const { plugin, podSubnet } = settings.network;
  const fix = {
    en: 'set network.plugin.mirror to a mirror that the control plane reaches, or network.plugin.manifest to a file beside the plan',
    zh: '请将 network.plugin.mirror 设为控制平面可以访问的镜像源，或将 network.plugin.manifest 设为计划旁的文件',
  };
  const { manifest } = plugin;
  const text = 'text' in manifest ? manifest.text : await downloaded(manifest, { ...options, settings, fix });
  return plugin.kind === 'flannel' ? text.replace(/("Network":\s*)"[^"]*"/, `$1${JSON.stringify(podSubnet)}`) : text;
}

async function downloaded(
  { url, sha256: needed }: { url: string; sha256?: string | undefined },
  options: DownloadOptions,
) {
  const bytes = await download(url, options);
  const seen = hash('sha256', bytes);
  if (needed !== undefined && seen !== needed) throw new MusterError('manifest-mismatch', { url, seen, needed });
  return bytes.toString('utf8');
}
