import { describe, expect, test } from 'vitest';
import { containerdConfigToml, containerdHostsToml } from '../../../shared/steps/content/containerd.ts';
import { dockerDaemonJson } from '../../../shared/steps/content/docker.ts';
import { hostsBlock } from '../../../shared/steps/content/hosts-block.ts';
import { modulesFile, sysctlFile } from '../../../shared/steps/content/kernel.ts';
import { kubeletEnvironment } from '../../../shared/steps/content/kubelet-environment.ts';
import { planOf } from '../plan/plan-text.ts';

const registries = {
  name: 'containerd',
  registryMirrors: {
    'docker.io': ['https://a.example.com', 'http://10.0.0.1:5001'],
    'quay.io': ['https://q.example.com'],
  },
  insecureRegistries: ['10.0.0.1:5000', 'quay.io'],
};

describe('the block in /etc/hosts', () => {
  const hosts = [
    { name: 'master01', address: '10.1.0.1', role: 'control-plane' as const },
    { name: 'node01', address: '10.1.0.2', role: 'worker' as const },
  ];

  test('names every host, and leads a worker to the control plane', () => {
    const { settings } = planOf({ hosts });
    expect(hostsBlock(settings, { address: '10.1.0.2', role: 'worker' })).toBe(
      '# muster: begin\n10.1.0.1 master01\n10.1.0.2 node01\n10.1.0.1 demo.muster.internal\n# muster: end\n',
    );
  });

  test('leads each control plane to itself', () => {
    const { settings } = planOf({ hosts });
    expect(hostsBlock(settings, { address: '10.1.0.7', role: 'control-plane' })).toContain(
      '\n10.1.0.7 demo.muster.internal\n',
    );
  });

  test('leaves an endpoint of the site’s own to the site’s DNS', () => {
    const controlPlaneEndpoint = { host: 'api.example.com', managed: false };
    const { settings } = planOf({ hosts, kubernetes: { version: '1.30.2', controlPlaneEndpoint } });
    expect(hostsBlock(settings, { address: '10.1.0.2', role: 'worker' })).not.toContain('api.example.com');
  });
});

test('modules and sysctls are files of their own', () => {
  expect(modulesFile()).toBe('overlay\nbr_netfilter\n');
  expect(sysctlFile([]).split('\n')).toContain('net.ipv4.ip_forward = 1');
});

describe('docker’s configuration', () => {
  test('has the systemd cgroup driver, the mirrors and bounded logs', () => {
    const runtime = { ...registries, name: 'docker', registryMirrors: ['https://a.example.com'] };
    const { settings } = planOf({ kubernetes: { version: '1.23.0', packages: 'aliyun' }, runtime });
    expect(dockerDaemonJson(settings)).toEqual({
      'exec-opts': ['native.cgroupdriver=systemd'],
      'log-driver': 'json-file',
      'log-opts': { 'max-size': '100m', 'max-file': '3' },
      'registry-mirrors': ['https://a.example.com'],
      'insecure-registries': ['10.0.0.1:5000', 'quay.io'],
    });
  });

  test('says nothing of registries that the plan does not name', () => {
    const keys = Object.keys(dockerDaemonJson(planOf().settings));
    expect(keys).toEqual(['exec-opts', 'log-driver', 'log-opts']);
  });
});

describe('containerd’s configuration', () => {
  test('has kubeadm’s sandbox image, the systemd cgroup driver and the folder of registries', () => {
    const toml = containerdConfigToml(planOf({ runtime: registries }).settings);
    expect(toml).toMatch(/^version = 2$/m);
    expect(toml).toContain('sandbox_image = "registry.k8s.io/pause:3.9"');
    expect(toml).toContain('SystemdCgroup = true');
    expect(toml).toContain('config_path = "/etc/containerd/certs.d"');
    expect(toml).not.toContain('mirrors');
  });

  test('names mirrors inline for a containerd without that folder, and never both', () => {
    const toml = containerdConfigToml(planOf({ runtime: registries }).settings, 'inline');
    expect(toml).not.toContain('config_path');
    expect(toml).toContain(
      '.registry.mirrors."docker.io"]\n    endpoint = ["https://a.example.com", "http://10.0.0.1:5001"]',
    );
    expect(toml).toContain('.registry.mirrors."quay.io"]\n    endpoint = ["https://q.example.com", "http://quay.io"]');
  });

  test('has a hosts.toml for each registry with a mirror or without TLS', () => {
    const files = containerdHostsToml(planOf({ runtime: registries }).settings);
    expect(files.map(({ path }) => path)).toEqual([
      '/etc/containerd/certs.d/10.0.0.1:5000/hosts.toml',
      '/etc/containerd/certs.d/docker.io/hosts.toml',
      '/etc/containerd/certs.d/quay.io/hosts.toml',
    ]);
    const [plain, docker, quay] = files.map(({ content }) => content);
    expect(plain, 'containerd 1.6 ignores a server without a host').toBe(
      '# Written by muster.\nserver = "http://10.0.0.1:5000"\n\n[host."http://10.0.0.1:5000"]\n  capabilities = ["pull", "resolve"]\n',
    );
    expect(docker).toMatch(/\[host\."https:\/\/a\.example\.com"\]\n.*pull.*\n\n\[host\."http:\/\/10\.0\.0\.1:5001"\]/);
    expect(docker).not.toContain('server');
    expect(quay).toMatch(/^server = "http:\/\/quay\.io"\n\n\[host\."https:\/\/q\.example\.com"\]/m);
  });

  test('names a mirror once that the plan names twice, as TOML has each table once', () => {
    const runtime = { name: 'containerd', registryMirrors: ['https://a.example.com', 'https://a.example.com'] };
    const [docker] = containerdHostsToml(planOf({ runtime }).settings);
    expect(docker?.content.match(/^\[host\./gm)).toHaveLength(1);
  });

  test('has none where the plan names no registry', () => {
    expect(containerdHostsToml(planOf().settings)).toEqual([]);
  });
});

test('only a kubelet with AWS code in it is told not to look for AWS', () => {
  const environment = (version: string) => kubeletEnvironment(planOf({ kubernetes: { version } }).settings);
  expect(environment('1.26.15')).toEqual({ AWS_EC2_METADATA_DISABLED: 'true' });
  expect(environment('1.27.0')).toEqual({});
});
