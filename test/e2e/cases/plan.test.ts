import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { initDocuments } from '../../../shared/kubeadm/config.ts';
import { kubeadmYaml } from '../../../shared/kubeadm/yaml.ts';
import { assign } from '../../../shared/plan/assign.ts';
import { parsePlan } from '../../../shared/plan/parse.ts';
import { kubernetesVersion, labPaths } from '../../lab/layout.ts';
import { ensurePrograms } from '../support/programs.ts';

/** Kubernetes of the lab, whose kubeadm reads the configurations. */
const version = kubernetesVersion;
const token = 'abcdef.0123456789abcdef';

let folder: string;
beforeAll(async () => {
  await ensurePrograms();
  folder = await mkdtemp(join(tmpdir(), 'muster-plan-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const written = (components: unknown, network = {}) =>
  stringify({
    cluster: 'demo',
    kubernetes: { version, packages: 'aliyun', components },
    runtime: 'docker',
    network: { plugin: { flannel: 'v0.27.4' }, ...network },
    hosts: [{ name: 'master01', address: '192.168.0.130', role: 'control-plane' }],
  });

const judge = (text: string) => parsePlan(text, { readFile: () => '' });

/** What kubeadm says of the configuration that muster generates, whatever the plan's own check says. */
async function kubeadm(components: unknown, network: Record<string, string> = {}) {
  const { plan } = judge(written({}));
  const assignment = plan === null ? null : assign(plan, 'master01');
  if (assignment === null) throw new Error('the plan without component settings is invalid');
  const { settings } = assignment;
  const changed = {
    ...assignment,
    settings: {
      ...settings,
      kubernetes: {
        ...settings.kubernetes,
        components: { ...settings.kubernetes.components, ...(components as object) },
      },
      network: { ...settings.network, ...network },
    },
  };
  const file = join(folder, 'kubeadm.yaml');
  await writeFile(file, kubeadmYaml(initDocuments(changed, { token })));
  const args = ['config', 'images', 'list', '--config', file];
  const { exitCode, stderr } = await execa(join(labPaths.bin, 'kubeadm'), args, { reject: false });
  return { accepts: exitCode === 0, stderr };
}

const cluster = (settings: unknown) => ({ clusterConfiguration: settings });
const kubelet = (settings: unknown) => ({ kubeletConfiguration: settings });
const registration = (settings: unknown) => ({ initConfiguration: { nodeRegistration: settings } });
const controllers = (extraArgs: unknown) => cluster({ controllerManager: { extraArgs } });

describe('a plan that the check accepts is one that kubeadm reads without a warning', () => {
  test.each([
    {},
    cluster({ apiServer: { extraArgs: { profiling: false, v: 4 }, certSANs: ['k8s.example.com'] } }),
    cluster({ apiServer: { extraArgs: [{ name: 'v', value: '4' }], timeoutForControlPlane: '8m0s' } }),
    cluster({
      apiServer: null,
      scheduler: { extraVolumes: [{ name: 'a', hostPath: '/a', mountPath: '/a', readOnly: true }] },
    }),
    cluster({
      dns: { type: 'CoreDNS', imageTag: '1.7.0' },
      useHyperKubeImage: false,
      etcd: { local: { extraArgs: { v: 1 } } },
    }),
    controllers({ 'node-cidr-mask-size': 26 }),
    registration({ kubeletExtraArgs: { v: 2 }, ignorePreflightErrors: ['Swap'] }),
    kubelet({
      maxPods: 200,
      evictionHard: { 'memory.available': '100Mi' },
      imageMinimumGCAge: '2m0s',
      featureGates: {},
    }),
    kubelet({ logging: { format: 'json' }, topologyManagerPolicy: 'best-effort', serializeImagePulls: false }),
    { kubeProxyConfiguration: { mode: 'ipvs', ipvs: { strictARP: true, scheduler: 'rr' }, conntrack: { min: 0 } } },
  ])('%j', async (components) => {
    expect(judge(written(components)).problems).toEqual([]);
    const { accepts, stderr } = await kubeadm(components);
    expect(stderr).not.toMatch(/unknown field|unmarshaling/);
    expect(accepts).toBe(true);
  });
});

describe('a value that kubeadm refuses is one that the check refuses', () => {
  test.each([
    cluster({ apiServer: { certSANs: 'k8s.example.com' } }),
    cluster({ featureGates: { IPv6DualStack: 'true' } }),
    cluster({ apiServer: { timeoutForControlPlane: 480 } }),
    cluster({ scheduler: { extraVolumes: [{ readOnly: 'yes' }] } }),
    registration({ ignorePreflightErrors: 'Swap' }),
    registration({ taints: [{ key: 1 }] }),
    kubelet({ maxPods: '150' }),
    kubelet({ systemReserved: { cpu: 1 } }),
    kubelet({ imageMinimumGCAge: 120 }),
    kubelet({ clusterDNS: '10.96.0.10' }),
    { kubeProxyConfiguration: { ipvs: { strictARP: 'true' } } },
    { kubeProxyConfiguration: { conntrack: { min: '0' } } },
    controllers({ 'node-cidr-mask-size': 12 }),
  ])('%j', async (components) => {
    expect(judge(written(components)).plan).toBeNull();
    expect((await kubeadm(components)).accepts).toBe(false);
  });

  test.each([
    { podSubnet: '10.244.0.0/25' },
    { podSubnet: '10.0.0.0/7' },
    { serviceSubnet: '10.96.0.0/11' },
    { serviceSubnet: '10.96.0.0/29' },
    { podSubnet: '10.244.0.0/16,fd00::/56' },
  ])('%j', async (network) => {
    expect(judge(written({}, network)).plan).toBeNull();
    expect((await kubeadm({}, network)).accepts).toBe(false);
  });
});

describe('a field that kubeadm ignores with a warning is one that the check refuses', () => {
  test.each([
    cluster({ apiServers: {} }),
    cluster({ proxy: { disabled: true } }),
    registration({ imagePullPolicy: 'Always' }),
    { initConfiguration: { skipPhases: ['preflight'] } },
    kubelet({ maxPodz: 150 }),
    kubelet({ seccompDefault: true }),
    { kubeProxyConfiguration: { nftables: {} } },
  ])('%j', async (components) => {
    expect(judge(written(components)).problems.map(({ code }) => code)).toEqual([expect.stringMatching(/^field-/)]);
    expect((await kubeadm(components)).stderr).toMatch(/unknown field/);
  });
});
