import { describe, expect, test } from 'vitest';
import { type Recorded, settingsInForce } from '../../../coordinator/plan/in-force.ts';
import { settingDifferences, settingNotes } from '../../../shared/plan/effects/notes.ts';
import type { ClusterSettings } from '../../../shared/plan/schema.ts';
import { plan } from '../plans.ts';

const recorded = plan().settings;
/** The plan after an operator's edit. */
function edited(edit: (settings: ClusterSettings) => void): ClusterSettings {
  const settings = structuredClone(recorded);
  edit(settings);
  return settings;
}
const external = {
  ...{ kind: 'external' as const, endpoints: ['https://10.0.0.1:2379'] },
  ...{ caFile: '/etc/etcd/ca.crt', certFile: '/etc/etcd/client.crt', keyFile: '/etc/etcd/client.key' },
};
const changedPaths = (planned: ClusterSettings, running: ClusterSettings) =>
  settingDifferences(planned, running).map(({ path }) => path);

describe('a setting that applies only when a cluster is created', () => {
  test.each<[string, (settings: ClusterSettings) => void]>([
    ['settings.network.podSubnet', ({ network }) => Object.assign(network, { podSubnet: '10.1.0.0/16' })],
    ['settings.network.serviceSubnet', ({ network }) => Object.assign(network, { serviceSubnet: '10.2.0.0/16' })],
    ['settings.network.dnsDomain', ({ network }) => Object.assign(network, { dnsDomain: 'site.local' })],
    ['settings.endpoint', ({ endpoint }) => Object.assign(endpoint, { host: 'api.example.com' })],
    ['settings.kubernetes.version', ({ kubernetes }) => Object.assign(kubernetes, { version: '1.24.0' })],
    ['settings.kubernetes.imageRepository', ({ kubernetes }) => Object.assign(kubernetes, { imageRepository: 'x/y' })],
    [
      'settings.kubernetes.components.kubeletConfiguration',
      ({ kubernetes }) => Object.assign(kubernetes.components.kubeletConfiguration, { maxPods: 50 }),
    ],
    ['settings.etcd', (settings) => Object.assign(settings, { etcd: external })],
    ['settings.name', (settings) => Object.assign(settings, { name: 'other' })],
  ])('%s: hosts keep the value that runs, and the difference is known', (path, edit) => {
    const planned = edited(edit);
    const running = settingsInForce(planned, { recorded, seen: null });
    expect(running).toEqual(recorded);
    expect(changedPaths(planned, running)).toEqual([path]);
  });

  test('is as kubeadm recorded it where muster recorded nothing', () => {
    const seen = { podSubnet: '10.9.0.0/16', endpoint: { host: 'api.example.com', port: 6443 } };
    const running = settingsInForce(recorded, { recorded: null, seen });
    expect(running.network.podSubnet).toBe('10.9.0.0/16');
    expect(running.endpoint).toMatchObject(seen.endpoint);
    expect(changedPaths(recorded, running)).toEqual(['settings.endpoint', 'settings.network.podSubnet']);
  });
});

test.each([
  ['6443', true, false, false],
  ['7643', true, false, true],
  ['443', false, true, false],
])('an endpoint on port %s whose managed was %s and becomes %s: %s is in force', (port, before, after, inForce) => {
  const at = (managed: boolean) =>
    edited((settings) => Object.assign(settings.endpoint, { port: Number(port), managed }));
  const [created, planned] = [at(before), at(after)];
  const { host } = created.endpoint;
  const running = settingsInForce(planned, { recorded: created, seen: { endpoint: { host, port: Number(port) } } });
  expect(running.endpoint).toEqual({ host, port: Number(port), managed: inForce });
  const notes = settingNotes(planned, running).map(({ planned: wanted, actual }) => [wanted.en, actual.en]);
  expect(notes).toEqual(inForce === after ? [] : [[`managed: ${after}`, `managed: ${inForce}`]]);
});

describe('the ports of NodePort Services', () => {
  const argument = 'service-node-port-range';
  const ranged = edited(({ kubernetes, network }) => {
    kubernetes.components.clusterConfiguration = { apiServer: { extraArgs: { [argument]: '31000-31999' } } };
    network.nodePorts = { from: 31_000, to: 31_999 };
  });
  const usual = { from: 30_000, to: 32_767 };

  test('stay those of the running API servers, and the difference is known once', () => {
    const running = settingsInForce(ranged, { recorded, seen: null });
    expect(running.network.nodePorts).toEqual(usual);
    expect(changedPaths(ranged, running)).toEqual(['settings.network.nodePorts']);
    expect(settingNotes(ranged, running)).toMatchObject([
      { planned: { en: '31000-31999' }, actual: { en: '30000-32767' } },
    ]);
  });

  test('are the new ones once kubeadm’s own record was changed', () => {
    const running = settingsInForce(ranged, { recorded, seen: { nodePorts: ranged.network.nodePorts } });
    expect(running.network.nodePorts).toEqual(ranged.network.nodePorts);
    expect(changedPaths(ranged, running)).toEqual([]);
  });

  test('are those that the cluster was created with, also where an earlier release recorded it', () => {
    const { nodePorts: _, ...network } = ranged.network;
    const before: Recorded = { ...ranged, network };
    expect(settingsInForce(recorded, { recorded: before, seen: null }).network.nodePorts).toEqual(
      ranged.network.nodePorts,
    );
  });
});

test('an external etcd has the endpoints that kubeadm’s own record was changed to', () => {
  const planned = edited((settings) => Object.assign(settings, { etcd: external }));
  const moved = { ...external, endpoints: ['https://10.0.0.2:2379'] };
  expect(settingsInForce(planned, { recorded: planned, seen: { etcd: moved } }).etcd).toEqual(moved);
  expect(settingsInForce(planned, { recorded: null, seen: { etcd: { kind: 'stacked' } } }).etcd).toEqual({
    kind: 'stacked',
  });
});

test('more control planes and a load balancer reach the hosts of a running cluster', () => {
  const second = { name: 'master02', address: '192.168.0.150', role: 'control-plane' as const };
  const planned = edited((settings) => {
    settings.hosts.push(second);
    settings.loadBalancer = { kind: 'external', address: 'lb.example.com' };
  });
  expect(settingsInForce(planned, { recorded, seen: null })).toEqual(planned);
});

test('other settings are as planned', () => {
  const planned = edited((settings) => {
    settings.preparation.firewall = 'off';
    settings.runtime.registryMirrors = { 'docker.io': ['https://mirror.example.com'] };
    settings.kubernetes.components.joinConfiguration = { x: 1 };
  });
  expect(settingsInForce(planned, { recorded, seen: null })).toEqual(planned);
});

describe('a version', () => {
  const newer = edited(({ kubernetes }) => {
    kubernetes.version = '1.24.0';
    kubernetes.packages = { ...kubernetes.packages, url: 'https://example.com/new/' };
  });

  test('that is only planned changes no host, not even its package source', () => {
    const seen = { version: recorded.kubernetes.version };
    expect(settingsInForce(newer, { recorded, seen }).kubernetes).toEqual(recorded.kubernetes);
  });

  test('that an operator upgraded to with kubeadm is in force once it is planned', () => {
    const running = settingsInForce(newer, { recorded, seen: { version: '1.24.0' } });
    expect(running.kubernetes).toMatchObject({ version: '1.24.0', packages: newer.kubernetes.packages });
    expect(changedPaths(newer, running)).toEqual([]);
  });

  test('that runs and is not planned is what hosts get', () => {
    const running = settingsInForce(recorded, { recorded, seen: { version: '1.24.0' } });
    expect(running.kubernetes).toMatchObject({ version: '1.24.0', packageVersion: null });
    expect(changedPaths(recorded, running)).toEqual(['settings.kubernetes.version']);
  });
});
