import { describe, expect, test } from 'vitest';
import { dockerDaemonJson } from '../../../../shared/steps/content/docker.ts';
import { planOf } from '../../plan/plan-text.ts';

const registries = {
  name: 'containerd',
  registryMirrors: {
    'docker.io': ['https://a.example.com', 'http://10.0.0.1:5001'],
    'quay.io': ['https://q.example.com'],
  },
  insecureRegistries: ['10.0.0.1:5000', 'quay.io'],
};

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

  test('does not mention registries that are not in the plan', () => {
    const keys = Object.keys(dockerDaemonJson(planOf().settings));
    expect(keys).toEqual(['exec-opts', 'log-driver', 'log-opts']);
  });
});
