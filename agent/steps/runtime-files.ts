import type { Facts } from '../../shared/protocol/facts.ts';
import {
  containerdConfigToml,
  containerdHostsToml,
  type RegistryStyle,
} from '../../shared/steps/content/containerd.ts';
import { dockerDaemonJson } from '../../shared/steps/content/docker.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import { mergedDaemonJson } from './docker-config.ts';
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
  const style = registryStyle(facts, settings.runtime.package);
  const wanted = [
    { path: hostFiles.containerdConfig, content: containerdConfigToml(settings, style) },
    ...(style === 'folder' ? containerdHostsToml(settings) : []),
  ];
  const registries = await host.list(hostFiles.containerdRegistries);
  const changes = await Promise.all([
    ...wanted.map(async ({ path, content }) => ((await host.readFile(path)) === content ? [] : [{ path, content }])),
    ...registries.map(async (name) => {
      const path = `${hostFiles.containerdRegistries}/${name}/hosts.toml`;
      const isOurs = (await host.readFile(path))?.startsWith('# Written by muster.') === true;
      return isOurs && !wanted.some((file) => file.path === path) ? [{ path, content: null }] : [];
    }),
  ]);
  return changes.flat();
}

/** Debian 11 ships containerd 1.4, which knows no folder of registries; it is not installed yet when its configuration is written. */
function registryStyle({ os, runtimes }: Facts, packageName: string): RegistryStyle {
  const installed = runtimes.find(({ name }) => name === 'containerd')?.version;
  const isOld = installed == null ? isDebian11(os) && packageName === 'containerd' : /^1\.[0-4]\./.test(installed);
  return isOld ? 'inline' : 'folder';
}

const isDebian11 = ({ id, versionId }: Facts['os']) => id === 'debian' && versionId === '11';
