import { describe, expect, test } from 'vitest';
import { hostsBlock } from '../../../../shared/steps/content/hosts-block.ts';
import { planOf } from '../../plan/plan-text.ts';

describe('the block in /etc/hosts', () => {
  const hosts = [
    { name: 'master01', address: '10.1.0.1', role: 'control-plane' as const },
    { name: 'node01', address: '10.1.0.2', role: 'worker' as const },
  ];

  test('contains every host, and points a worker to the control plane', () => {
    const { settings } = planOf({ hosts });
    expect(hostsBlock(settings, { address: '10.1.0.2', role: 'worker' })).toBe(
      '# muster: begin\n10.1.0.1 master01\n10.1.0.2 node01\n10.1.0.1 demo.muster.internal\n# muster: end\n',
    );
  });

  test('points each control plane to itself', () => {
    const { settings } = planOf({ hosts });
    expect(hostsBlock(settings, { address: '10.1.0.7', role: 'control-plane' })).toContain(
      '\n10.1.0.7 demo.muster.internal\n',
    );
  });

  test('points the endpoint to the proxy on the host with several control planes', () => {
    const { settings } = planOf({ hosts });
    settings.hosts = settings.hosts.map((host) => ({ ...host, role: 'control-plane' }));
    const self = { address: '10.1.0.2', role: 'worker' } as const;
    expect(hostsBlock(settings, self)).toContain('\n127.0.0.1 localhost demo.muster.internal\n');
    expect(hostsBlock(settings, self, 'direct')).toContain('\n10.1.0.1 demo.muster.internal\n');
  });

  test('leaves the site’s own endpoint to its DNS', () => {
    const controlPlaneEndpoint = { host: 'api.example.com', managed: false };
    const { settings } = planOf({ hosts, kubernetes: { version: '1.30.2', controlPlaneEndpoint } });
    expect(hostsBlock(settings, { address: '10.1.0.2', role: 'worker' })).not.toContain('api.example.com');
  });
});
