import { describe, expect, test } from 'vitest';
import { containerdConfigToml, containerdHostsToml } from '../../../../shared/steps/content/containerd.ts';
import { planOf } from '../../plan/plan-text.ts';

const registries = {
  name: 'containerd',
  registryMirrors: {
    'docker.io': ['https://a.example.com', 'http://10.0.0.1:5001'],
    'quay.io': ['https://q.example.com'],
  },
  insecureRegistries: ['10.0.0.1:5000', 'quay.io'],
};

describe('containerd’s configuration', () => {
  test('has kubeadm’s sandbox image, the systemd cgroup driver and the folder of registries', () => {
    const toml = containerdConfigToml(planOf({ runtime: registries }).settings);
    expect(toml).toMatch(/^version = 2$/m);
    expect(toml).toContain('sandbox_image = "registry.k8s.io/pause:3.9"');
    expect(toml).toContain('SystemdCgroup = true');
    expect(toml).toContain('config_path = "/etc/containerd/certs.d"');
    expect(toml).not.toContain('mirrors');
  });

  test('lists mirrors inline for a containerd without that folder, and never both', () => {
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

  test('lists a mirror once that the plan contains twice, because TOML forbids duplicate tables', () => {
    const runtime = { name: 'containerd', registryMirrors: ['https://a.example.com', 'https://a.example.com'] };
    const [docker] = containerdHostsToml(planOf({ runtime }).settings);
    expect(docker?.content.match(/^\[host\./gm)).toHaveLength(1);
  });

  test('has none when the plan names no registry', () => {
    expect(containerdHostsToml(planOf().settings)).toEqual([]);
  });
});
