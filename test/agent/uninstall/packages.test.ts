import { describe, expect, it } from 'vitest';
import { disableOwnUnits, disableUnits, purgePackages } from '../../../agent/uninstall/packages.ts';
import { fakeHost } from '../fake-host.ts';

const changes = (packages: string[], paths: string[] = []) => ({ packages, paths, version: '1.20.2-00', runtime: '' });

/** A host whose apt would also remove `along` with the packages, as long as `needed` is among them. */
function aptHost(
  installed: string[],
  { along, needed }: { along: string; needed: string } = { along: '', needed: '' },
) {
  return fakeHost({
    programs: {
      'dpkg-query': (args) =>
        args.length === 3
          ? installed.map((name) => `${name}\tinstalled\n`).join('')
          : `libc6 (>= 2), ${needed} | x, \n`,
      'apt-get': (args) => {
        const names = args.filter((arg) => installed.includes(arg.replace(/:.*/, '')));
        const lines = [...names, ...(names.includes(needed) ? [along] : [])].map((name) => `Purg ${name} [1]`);
        return args[0] === '--simulate' ? lines.join('\n') : '';
      },
    },
  });
}

function purged(host: ReturnType<typeof fakeHost>): string[] {
  const args = host.calls.find(({ as }) => as === 'uninstall-packages')?.args ?? [];
  return args.slice(args.indexOf('--') + 1);
}

describe('purging', () => {
  it('includes packages that muster’s installations added and that are still present', async () => {
    const host = aptHost(['bash', 'kubelet', 'conntrack']);
    expect(await purgePackages(host, changes(['conntrack', 'kubelet', 'gone']), () => undefined)).toEqual([]);
    expect(purged(host)).toEqual(['conntrack', 'kubelet']);
  });

  it('keeps what a package installed since then depends on, and reports it', async () => {
    const host = aptHost(['kubelet', 'conntrack', 'theirs'], { along: 'theirs', needed: 'conntrack' });
    expect(await purgePackages(host, changes(['conntrack', 'kubelet']), () => undefined)).toEqual(['conntrack']);
    expect(purged(host)).toEqual(['kubelet']);
  });

  it('keeps files of others in folders that a purge deletes, and no files of the packages', async () => {
    const host = aptHost(['containerd']);
    host.files.set('/etc/containerd/config.toml', { content: 'root = "/srv"\n', mode: 0o600 });
    host.files.set('/etc/containerd/shipped.toml', { content: 'shipped', mode: 0o644 });
    const apt = host.programs['apt-get'];
    host.programs['apt-get'] = (args, options) => {
      if (args[0] === 'purge')
        for (const name of ['config', 'shipped']) host.files.delete(`/etc/containerd/${name}.toml`);
      return apt?.(args, options) ?? '';
    };
    await purgePackages(host, changes(['containerd'], ['/etc/containerd/shipped.toml']), () => undefined);
    expect([...host.files].filter(([path]) => !path.startsWith('/var/'))).toEqual([
      ['/etc/containerd/config.toml', { content: 'root = "/srv"\n', mode: 0o600 }],
    ]);
  });

  it('reports a failure in apt’s words', async () => {
    const host = aptHost(['kubelet']);
    const simulate = host.programs['apt-get'];
    host.programs['apt-get'] = (args, options) =>
      args[0] === 'purge' ? { exitCode: 100, stderr: 'E: broken' } : simulate?.(args, options);
    await expect(purgePackages(host, changes(['kubelet']), () => undefined)).rejects.toMatchObject({
      message: expect.stringContaining('E: broken'),
    });
  });
});

it('units that packages enabled on installation are disabled, once', async () => {
  const link = '/etc/systemd/system/multi-user.target.wants/containerd.service';
  const host = fakeHost({
    links: { [link]: '/lib/systemd/system/containerd.service' },
    programs: { systemctl: () => '' },
  });
  await disableUnits(host, changes([], [link, '/etc/systemd/system/sockets.target.wants/gone.socket', '/etc/x']));
  expect(host.lines()).toEqual(['systemctl disable --now containerd.service']);
});

it('disables and stops services that muster wrote, before their files are removed', async () => {
  const unit = '/etc/systemd/system/cri-docker.service';
  const host = fakeHost({ files: { [unit]: '' }, programs: { systemctl: () => '' } });
  const absent = { kind: 'file' as const, was: { state: 'absent' as const, made: null }, wrote: [], foreign: false };
  await disableOwnUnits(host, [
    { ...absent, path: unit },
    { ...absent, path: '/etc/systemd/system/docker.service.d/50-muster-api.conf' },
    { ...absent, path: '/etc/systemd/system/gone.service' },
  ]);
  expect(host.lines()).toEqual(['systemctl disable --now cri-docker.service']);
});
