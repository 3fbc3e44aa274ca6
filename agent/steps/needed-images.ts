import { initDocuments } from '../../shared/kubeadm/config.ts';
import { kubeadmYaml } from '../../shared/kubeadm/yaml.ts';
import { agentPaths } from '../../shared/paths.ts';
import { randomToken } from '../kube/bootstrap-tokens.ts';
import { output } from '../machine/program.ts';
import type { StepContext } from './step.ts';

export interface NeededImages {
  /** Without these the node does not come up. */
  required: string[];
  /** Better here before a pod asks for them. */
  wanted: string[];
}

const configFile = `${agentPaths.volatile}/images.yaml`;

/** kubeadm's own list for the plan's settings: also a worker asks with the control plane's configuration, where repositories and tags are set. */
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

/** `kube-proxy` of `localhost:5000/a/kube-proxy:v1.20.2`. */
const nameOf = (image: string) => (image.split('/').at(-1) ?? '').split(':')[0] ?? '';

/** The images that a manifest's containers use, without repetition. */
export function imagesOf(manifest: string): string[] {
  const found = manifest.matchAll(/^[ \t-]*image:[ \t]*["']?([^\s"'#]+)/gm);
  return [...new Set([...found].flatMap(([, image]) => image ?? []))];
}
