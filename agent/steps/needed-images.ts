import { initDocuments } from '../../shared/kubeadm/config.ts';
import { kubeadmYaml } from '../../shared/kubeadm/yaml.ts';
import { agentPaths } from '../../shared/paths.ts';
import { randomToken } from '../kube/bootstrap-tokens.ts';
import { output } from '../machine/program.ts';
import type { StepContext } from './step.ts';

export interface NeededImages {
  /** The node does not start without these. */
  required: string[];
  /** Pulled in advance, before a pod needs them. */
  wanted: string[];
}

const configFile = `${agentPaths.volatile}/images.yaml`;

/**
 * kubeadm's image list for the plan. Workers also use the control plane's configuration, which holds repositories and
 * tags.
 */
export async function kubeadmImages({ host, assignment }: StepContext): Promise<NeededImages> {
  const { id, secret } = randomToken();
  await host.writeFile(configFile, kubeadmYaml(initDocuments(assignment, { token: `${id}.${secret}` })), {
    mode: 0o600,
  });
  const list = await output(host, 'kubeadm', ['config', 'images', 'list', '--config', configFile]);
  await host.removeFile(configFile);
  const images = list.split('\n').filter((line) => line !== '');
  if (assignment.host.role === 'control-plane') return { required: images, wanted: [] };
  const named = (...names: string[]) => images.filter((image) => names.includes(nameOf(image)));
  return { required: named('kube-proxy', 'pause'), wanted: named('coredns') };
}

/** `kube-proxy` for `localhost:5000/a/kube-proxy:v1.20.2`. */
const nameOf = (image: string) => (image.split('/').at(-1) ?? '').split(':')[0] ?? '';

/** Images used in a manifest, without duplicates. */
export function imagesOf(manifest: string): string[] {
  const found = manifest.matchAll(/^[ \t-]*image:[ \t]*["']?([^\s"'#]+)/gm);
  return [...new Set([...found].flatMap(([, image]) => image ?? []))];
}
