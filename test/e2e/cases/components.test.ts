import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { kubernetesYaml } from '../../../shared/kubeadm/yaml.ts';
import { parsePlan } from '../../../shared/plan/parse.ts';
import { kubernetesVersion, labPaths } from '../../lab/layout.ts';
import { ensurePrograms } from '../support/programs.ts';

let folder: string;
beforeAll(async () => {
  await ensurePrograms();
  folder = await mkdtemp(join(tmpdir(), 'muster-components-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const problemsOf = (components: object) =>
  parsePlan(
    stringify({
      cluster: 'demo',
      kubernetes: { version: kubernetesVersion, packages: 'aliyun', components },
      network: { plugin: { flannel: 'v0.27.4' } },
      hosts: [{ name: 'master01', address: '192.168.0.130', role: 'control-plane' }],
    }),
    { readFile: () => '' },
  ).problems.map(({ code }) => code);

/** The programs end at the missing kubeconfig, which they read after their configuration. */
const missing = 'no such file';

async function kubelet(settings: object): Promise<string> {
  const config = join(folder, 'kubelet.yaml');
  const own = { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', failSwapOn: false };
  await writeFile(config, kubernetesYaml({ ...own, ...settings }));
  const folders = ['--root-dir', join(folder, 'root'), '--cert-dir', join(folder, 'pki')];
  const args = ['--config', config, '--kubeconfig', join(folder, 'none'), ...folders];
  return lastError(await execa(join(labPaths.bin, 'kubelet'), args, { reject: false, timeout: 20_000 }));
}

async function kubeProxy(settings: object): Promise<string> {
  const config = join(folder, 'proxy.yaml');
  const own = { apiVersion: 'kubeproxy.config.k8s.io/v1alpha1', kind: 'KubeProxyConfiguration' };
  const clientConnection = { kubeconfig: join(folder, 'none') };
  await writeFile(config, kubernetesYaml({ ...own, ...settings, clientConnection }));
  const args = ['--config', config];
  return lastError(await execa(join(labPaths.bin, 'kube-proxy'), args, { reject: false, timeout: 20_000 }));
}

const lastError = ({ stderr }: { stderr: string }) => /^F\d.*$/m.exec(stderr)?.[0] ?? stderr;

describe('a value with which the real kubelet does not start is one that the check refuses', () => {
  test.each([
    { maxPods: -1 },
    { imageGCHighThresholdPercent: 101 },
    { imageGCHighThresholdPercent: 75 },
    { imageGCHighThresholdPercent: 80, imageGCLowThresholdPercent: 80 },
    { readOnlyPort: 70_000 },
    { kubeAPIQPS: -1 },
    { registryPullQPS: -1 },
    { eventBurst: -1 },
    { oomScoreAdj: -1001 },
    { podsPerCore: -1 },
    { maxOpenFiles: -1 },
    { iptablesMasqueradeBit: 40 },
    { nodeLeaseDurationSeconds: -1 },
    { enforceNodeAllocatable: ['pods', 'system-reserved'] },
    { cgroupsPerQOS: false },
    { cgroupsPerQOS: false, enforceNodeAllocatable: ['none'] },
    { shutdownGracePeriod: '10s' },
    { cpuCFSQuotaPeriod: '5ms' },
    { reservedSystemCPUs: '0-x' },
    { reservedSystemCPUs: '0,1', systemReservedCgroup: '/x' },
    { featureGates: { DynamicAuditing: true } },
    { topologyManagerScope: 'node' },
    { hairpinMode: 'promiscuous' },
  ])('%j', async (settings) => {
    expect(problemsOf({ kubeletConfiguration: settings })).not.toEqual([]);
    expect(await kubelet(settings)).not.toContain(missing);
  });
});

describe('a value that the check accepts is one that the real kubelet reads', () => {
  test.each([
    { maxPods: 0, podPidsLimit: -1 },
    { imageGCHighThresholdPercent: 75, imageGCLowThresholdPercent: 60 },
    { shutdownGracePeriod: '30s', featureGates: { GracefulNodeShutdown: true } },
    { cgroupsPerQOS: false, enforceNodeAllocatable: [] },
    { reservedSystemCPUs: '0,2-3', cpuManagerPolicy: 'static' },
    { cpuCFSQuotaPeriod: '100ms' },
  ])('%j', async (settings) => {
    expect(problemsOf({ kubeletConfiguration: settings })).toEqual([]);
    expect(await kubelet(settings)).toContain(missing);
  });
});

describe('a value with which the real kube-proxy does not start is one that the check refuses', () => {
  test.each([
    { bindAddress: 'node01' },
    { metricsBindAddress: '10249' },
    { metricsBindAddress: ':10249' },
    { nodePortAddresses: ['192.168.0.1'] },
    { conntrack: { maxPerCore: -1 } },
    { iptables: { masqueradeBit: 40 } },
    { iptables: { minSyncPeriod: '60s' } },
    { oomScoreAdj: 2000 },
  ])('%j', async (settings) => {
    expect(problemsOf({ kubeProxyConfiguration: settings })).not.toEqual([]);
    expect(await kubeProxy(settings)).not.toContain(missing);
  });
});

describe('a value that the check accepts is one that the real kube-proxy reads', () => {
  test.each([
    { metricsBindAddress: '0.0.0.0', healthzBindAddress: '[::1]:10256' },
    { iptables: { syncPeriod: '1m0s', minSyncPeriod: '45s' } },
    { nodePortAddresses: ['192.168.0.0/24'], conntrack: { maxPerCore: 0 } },
  ])('%j', async (settings) => {
    expect(problemsOf({ kubeProxyConfiguration: settings })).toEqual([]);
    expect(await kubeProxy(settings)).toContain(missing);
  });
});
