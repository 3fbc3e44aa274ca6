import type { ClusterSettings, Role } from './schema.ts';

const forWorkers = new WeakMap<ClusterSettings, ClusterSettings>();

/**
 * The settings that a host needs. What only control planes take may contain secrets, such as a certificate key or a
 * manifest with a password, and stays away from workers. The same object for the same settings.
 */
export function neededSettings(settings: ClusterSettings, role: Role): ClusterSettings {
  if (role === 'control-plane') return settings;
  const known = forWorkers.get(settings) ?? withoutCreation(settings);
  forWorkers.set(settings, known);
  return known;
}

function withoutCreation(settings: ClusterSettings): ClusterSettings {
  const { kubernetes, network } = settings;
  const { plugin } = network;
  const components = { ...kubernetes.components, initConfiguration: {}, clusterConfiguration: {} };
  const manifest = 'text' in plugin.manifest ? { text: '' } : plugin.manifest;
  return {
    ...settings,
    kubernetes: { ...kubernetes, components },
    network: { ...network, plugin: { ...plugin, manifest } },
  };
}
