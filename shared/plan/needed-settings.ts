import type { Assignment } from '../protocol/assignment.ts';
import type { ClusterSettings } from './schema.ts';

const forJoining = new WeakMap<ClusterSettings, ClusterSettings>();

/**
 * The settings that a host needs. What only the creation of the cluster takes may contain secrets, such as a certificate
 * key or a manifest with a password, and stays away from the other hosts. The same object for the same settings.
 */
export function neededSettings(settings: ClusterSettings, bootstrap: Assignment['bootstrap']): ClusterSettings {
  if (bootstrap === 'init') return settings;
  const known = forJoining.get(settings) ?? withoutCreation(settings);
  forJoining.set(settings, known);
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
