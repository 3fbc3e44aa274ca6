import { describe, expect, test } from 'vitest';
import { newestListed } from '../../../shared/kubeadm/fields/index.ts';
import { planOf } from './plan-text.ts';

const aliyunKubernetes = { version: '1.23.0', packages: 'aliyun' };

describe('a plan without options', () => {
  test('has every default', () => {
    const { settings, hosts, coordinator } = planOf({ runtime: null });
    expect(settings).toMatchObject({
      name: 'demo',
      kubernetes: { version: '1.30.2', packageVersion: null, imageRepository: 'registry.k8s.io' },
      endpoint: { host: 'demo.muster.internal', port: 6443, managed: true },
      runtime: { name: 'containerd', package: 'containerd', registryMirrors: {}, insecureRegistries: [] },
      network: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/12', dnsDomain: 'cluster.local' },
      hosts: [
        { name: 'master01', address: '192.168.0.130', role: 'control-plane' },
        { name: 'node01', address: '192.168.0.131', role: 'worker' },
      ],
    });
    expect(hosts[0]).toMatchObject({ labels: {}, taints: [] });
    expect(coordinator).toEqual({ address: '192.168.0.130', port: 7443 });
  });
});

describe('the Kubernetes version', () => {
  test.each([
    ['1.30.2', '1.30.2', null],
    ['v1.30.2', '1.30.2', null],
    ['1.30.2-1.1', '1.30.2', '1.30.2-1.1'],
    ['v1.30.2-2.1', '1.30.2', '1.30.2-2.1'],
  ])('%s is read as %s, revision %s', (written, version, packageVersion) => {
    expect(planOf({ kubernetes: { version: written } }).settings.kubernetes).toMatchObject({ version, packageVersion });
  });

  test.each([
    ['1.20.2', 'k8s.gcr.io'],
    ['1.23.14', 'k8s.gcr.io'],
    ['1.22.17', 'registry.k8s.io'],
    ['1.23.15', 'registry.k8s.io'],
    ['1.24.8', 'k8s.gcr.io'],
    ['1.24.9', 'registry.k8s.io'],
    ['1.25.0', 'registry.k8s.io'],
  ])('%s takes its images from kubeadm’s own default, %s', (version, repository) => {
    const { settings } = planOf({ kubernetes: { version, packages: 'aliyun' } });
    expect(settings.kubernetes.imageRepository).toBe(repository);
  });
});

describe('the package source', () => {
  test('public is the community’s repository of the minor version, with the key of the newest', () => {
    expect(planOf().settings.kubernetes.packages).toEqual({
      url: 'https://pkgs.k8s.io/core:/stable:/v1.30/deb/',
      suite: '/',
      components: [],
      key: { url: `https://pkgs.k8s.io/core:/stable:/v1.${newestListed}/deb/Release.key` },
    });
  });

  test('aliyun is the old layout below 1.28', () => {
    expect(planOf({ kubernetes: aliyunKubernetes }).settings.kubernetes.packages).toEqual({
      url: 'https://mirrors.aliyun.com/kubernetes/apt',
      suite: 'kubernetes-xenial',
      components: ['main'],
      key: { url: 'https://mirrors.aliyun.com/kubernetes/apt/doc/apt-key.gpg' },
    });
  });

  test('aliyun is one repository for each minor version from 1.28 on', () => {
    const { packages } = planOf({ kubernetes: { version: '1.28.0', packages: 'aliyun' } }).settings.kubernetes;
    expect(packages).toMatchObject({
      url: 'https://mirrors.aliyun.com/kubernetes-new/core/stable/v1.28/deb/',
      suite: '/',
      key: { url: 'https://mirrors.aliyun.com/kubernetes-new/core/stable/v1.28/deb/Release.key' },
    });
  });

  test.each([
    ['http://10.0.0.1/key.gpg', { url: 'http://10.0.0.1/key.gpg' }],
    [
      { url: 'https://m/key', sha256: 'a'.repeat(64) },
      { url: 'https://m/key', sha256: 'a'.repeat(64) },
    ],
    [{ file: 'k8s.asc' }, { armoured: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n-----END PGP PUBLIC KEY BLOCK-----\n' }],
  ])('the key of a custom mirror is resolved from %j', (key, resolved) => {
    const packages = { url: 'http://10.0.0.1/apt', suite: 'stable', components: ['main'], key };
    const files = { 'k8s.asc': '-----BEGIN PGP PUBLIC KEY BLOCK-----\n-----END PGP PUBLIC KEY BLOCK-----\n' };
    const plan = planOf({ kubernetes: { version: '1.23.0', packages } }, files);
    expect(plan.settings.kubernetes.packages).toEqual({ ...packages, key: resolved });
  });
});

describe('the control plane’s endpoint', () => {
  test.each([
    ['api.example.com', { host: 'api.example.com', port: 6443, managed: true }],
    ['api.example.com:8443', { host: 'api.example.com', port: 8443, managed: true }],
    [
      { host: '10.0.0.5', port: 443, managed: false },
      { host: '10.0.0.5', port: 443, managed: false },
    ],
    [{ host: 'api.example.com' }, { host: 'api.example.com', port: 6443, managed: true }],
  ])('%j is resolved', (controlPlaneEndpoint, endpoint) => {
    expect(planOf({ kubernetes: { version: '1.30.2', controlPlaneEndpoint } }).settings.endpoint).toEqual(endpoint);
  });
});

describe('the runtime', () => {
  test('docker alone uses the distribution’s package', () => {
    const { runtime } = planOf({ kubernetes: aliyunKubernetes, runtime: 'docker' }).settings;
    expect(runtime).toMatchObject({ name: 'docker', package: 'docker.io' });
  });

  test.each([
    ['docker', 'docker', 'https://download.docker.com', 'docker-ce'],
    ['docker', 'aliyun', 'https://mirrors.aliyun.com/docker-ce', 'docker-ce'],
    ['containerd', { url: 'https://m.example/docker-ce' }, 'https://m.example/docker-ce', 'containerd.io'],
  ])('%s from %o comes from Docker’s layout', (name, packages, url, ofDocker) => {
    const { runtime } = planOf({
      kubernetes: aliyunKubernetes,
      runtime: { name, packages, version: '20.10' },
    }).settings;
    expect(runtime).toMatchObject({
      ...{ package: ofDocker, version: '20.10' },
      packages: { url, suite: null, components: [], key: null },
    });
  });

  test('a repository with a suite is used as it is, with the key beside the plan', () => {
    const packages = { url: 'https://m.example/deb', suite: 'x', components: ['main'], key: { file: 'k' } };
    const armoured = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n';
    expect(planOf({ runtime: { name: 'containerd', packages } }, { k: armoured }).settings.runtime.packages).toEqual({
      ...packages,
      key: { armoured },
    });
  });

  test('packages: distribution means the distribution’s own package', () => {
    const { runtime } = planOf({ runtime: { name: 'containerd', packages: 'distribution' } }).settings;
    expect(runtime).toMatchObject({ package: 'containerd', packages: null, version: null });
  });

  test('a list of mirrors applies to docker.io', () => {
    const registryMirrors = ['https://a.example.com', 'http://b.example.com:5000'];
    const { runtime } = planOf({ runtime: { name: 'containerd', registryMirrors } }).settings;
    expect(runtime.registryMirrors).toEqual({ 'docker.io': registryMirrors });
  });

  test('mirrors by registry and registries without TLS stay unchanged', () => {
    const options = { registryMirrors: { 'quay.io': ['https://a'] }, insecureRegistries: ['10.0.0.1:5000'] };
    expect(planOf({ runtime: { name: 'containerd', package: 'containerd.io', ...options } }).settings.runtime).toEqual({
      name: 'containerd',
      package: 'containerd.io',
      version: null,
      packages: null,
      criDockerd: expect.objectContaining({ url: null }),
      ...options,
    });
  });
});

describe('the network plugin', () => {
  test.each([
    [
      { calico: 'v3.24.1' },
      'Calico v3.24.1',
      'https://raw.githubusercontent.com/projectcalico/calico/v3.24.1/manifests/calico.yaml',
    ],
    [
      { flannel: '0.25.1' },
      'Flannel v0.25.1',
      'https://github.com/flannel-io/flannel/releases/download/v0.25.1/kube-flannel.yml',
    ],
    [{ manifest: 'http://10.0.0.1/cni.yaml' }, 'manifest http://10.0.0.1/cni.yaml', 'http://10.0.0.1/cni.yaml'],
  ])('%j is downloaded', (plugin, title, url) => {
    expect(planOf({ network: { plugin } }).settings.network.plugin).toMatchObject({ title, manifest: { url } });
  });

  test.each([
    ['https://m.example/', 'https://m.example/m.test/cni.yaml'],
    ['https://m.example/https://', 'https://m.example/https://m.test/cni.yaml'],
    ['https://m.example/http://', 'https://m.example/https://m.test/cni.yaml'],
  ])('the mirror %s gives %s', (mirror, url) => {
    const plugin = { manifest: 'https://m.test/cni.yaml', mirror };
    expect(planOf({ network: { plugin } }).settings.network.plugin.manifest).toEqual({ url });
  });

  test('a file beside the plan is read into it', () => {
    const plan = planOf({ network: { plugin: { manifest: 'cni.yaml' } } }, { 'cni.yaml': 'kind: DaemonSet\n' });
    expect(plan.settings.network.plugin.manifest).toEqual({ text: 'kind: DaemonSet\n' });
  });
});

describe('hosts', () => {
  test('taints may be written in both forms', () => {
    const taints = ['dedicated=gpu:NoSchedule', 'maintenance:NoExecute', { key: 'a.b/c', effect: 'PreferNoSchedule' }];
    const { hosts } = planOf({
      hosts: [
        { name: 'm', address: '10.1.0.1', role: 'control-plane' },
        {
          name: 'n',
          address: '10.1.0.2',
          role: 'worker',
          labels: { disk: 'ssd', 'node-role.kubernetes.io/db': '' },
          taints,
        },
      ],
    });
    expect(hosts[1]?.labels).toEqual({ disk: 'ssd', 'node-role.kubernetes.io/db': '' });
    expect(hosts[1]?.taints).toEqual([
      { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' },
      { key: 'maintenance', effect: 'NoExecute' },
      { key: 'a.b/c', effect: 'PreferNoSchedule' },
    ]);
  });

  test('another coordinator’s address is used', () => {
    const { coordinator } = planOf({ coordinator: { address: '10.9.9.9', port: 10250 } });
    expect(coordinator).toEqual({ address: '10.9.9.9', port: 10250 });
  });
});
