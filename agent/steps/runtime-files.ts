import { containerdConfigToml, containerdHostsToml } from '../../shared/steps/content/containerd.ts';
import { dockerDaemonJson } from '../../shared/steps/content/docker.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import { ownRegistryFiles, registryStyleOf } from '../machine/containerd.ts';
import { mergedDaemonJson } from '../machine/docker.ts';
import type { StepContext } from './step.ts';

export interface FileChange {
  path: string;
  /** null: to be removed. */
  content: string | null;
}

/** What has to change in the container runtime's configuration; empty when it is as planned. */
export async function runtimeFileChanges(context: StepContext): Promise<FileChange[]> {
  const { host, assignment } = context;
  const { runtime } = assignment.settings;
  if (runtime.name === 'containerd') return containerdChanges(context);
  const content = mergedDaemonJson(await host.readFile(hostFiles.dockerDaemon), dockerDaemonJson({ runtime }));
  return content === null ? [] : [{ path: hostFiles.dockerDaemon, content }];
}

async function containerdChanges({ host, facts, assignment }: StepContext): Promise<FileChange[]> {
  const { settings } = assignment;
  const style = registryStyleOf(facts, settings.runtime.package);
  const wanted = [
    { path: hostFiles.containerdConfig, content: containerdConfigToml(settings, style) },
    ...(style === 'folder' ? containerdHostsToml(settings) : []),
  ];
  const now = await Promise.all(wanted.map(({ path }) => host.readFile(path)));
  const own = await ownRegistryFiles(host);
  return [
    ...wanted.filter(({ content }, index) => now[index] !== content),
    ...own.filter((path) => !wanted.some((file) => file.path === path)).map((path) => ({ path, content: null })),
  ];
}
