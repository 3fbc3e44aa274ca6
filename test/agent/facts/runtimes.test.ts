import { describe, expect, test } from 'vitest';
import { runtimeFacts } from '../../../agent/facts/runtimes.ts';
import { dockerInfo } from '../../../agent/machine/docker.ts';
import { fakeHost } from '../fake-host.ts';

describe('runtimes', () => {
  const running = { docker: { active: true, state: 'enabled' }, containerd: { active: true, state: 'enabled' } };
  const installed = { 'docker.io': '20.10', containerd: '1.6' };

  test('runs no program where no runtime is installed', async () => {
    const host = fakeHost();
    expect(await runtimeFacts(host, {}, {}, null)).toMatchObject([{ version: null }, { version: null }]);
    expect(host.lines()).toEqual([]);
  });

  test('reads docker’s cgroup and storage drivers from docker, containerd’s from its configuration', async () => {
    const host = fakeHost({
      files: {
        '/etc/containerd/config.toml':
          'version = 2\n[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]\nSystemdCgroup = true',
      },
      programs: { docker: () => 'cgroupfs overlay2\n' },
    });
    const info = await dockerInfo(host);
    expect(info).toEqual({ answers: true, cgroupDriver: 'cgroupfs', storageDriver: 'overlay2' });
    expect(await runtimeFacts(host, installed, running, info)).toEqual([
      { name: 'docker', version: '20.10', active: true, cgroupDriver: 'cgroupfs' },
      { name: 'containerd', version: '1.6', active: true, cgroupDriver: 'systemd' },
    ]);
  });

  test('a stopped runtime has unknown drivers', async () => {
    expect((await runtimeFacts(fakeHost(), installed, {}, null))[0]).toMatchObject({
      active: false,
      cgroupDriver: null,
    });
  });
});
