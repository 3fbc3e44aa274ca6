import { beforeAll, expect, it } from 'vitest';
import { deployPods, podsAnswer } from '../../faults/pods.ts';
import { freshLab, pasteEverywhere, waitUntilReady } from '../../lab/bring-up.ts';
import { hostExec, labHosts, type Runtime, type Setup } from '../../lab/hosts.ts';
import { clusterStatus, installCoordinator, master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { buildRelease } from '../../lab/release.ts';
import { differentPaths, type HostSnapshot, snapshot } from '../uninstall/host-snapshot.ts';

const say = (line: string) => process.stdout.write(`  ${line}\n`);

/** Foreign files in which muster changes lines, which it says in its plan; nothing else that was there is touched. */
const edited = ['/etc/apt/sources.list.d/kubernetes.list', '/etc/fstab', '/etc/hosts'];
const ofRuntime = { docker: '/etc/docker/daemon.json', containerd: '/etc/containerd/config.toml' } as const;

/** What belongs to the site stays in the runtime's file, in whatever order. */
const ofSite = {
  docker: ['"syslog"', 'udp://192.168.0.1:514', 'rack=7'],
  containerd: ['/srv/containerd', 'nvidia-container-runtime', 'registry.site.example', 'of the site'],
} as const;

/** Below these folders nothing changes because a package is installed. */
const isForeign = (path: string) =>
  /^\/etc\/(apt|cloud|containerd|docker|sysctl\.d|systemd|hosts$|fstab$|resolv\.conf$)/.test(path);

/** Type, mode and owner, without the content's hash. */
const modeOf = (line: string | undefined) => line?.split(' ').slice(0, 3).join(' ');

interface Dirty {
  runtime: Runtime;
  hosts: number;
  systems: Readonly<Record<string, Setup['system']>>;
}

/** A file for each runtime: dirty hosts become a cluster, keep what is not muster's, and get the rest back. */
export function bringUpDirty({ runtime, hosts, systems }: Dirty): void {
  const names = labHosts(hosts).map(({ name }) => name);
  const before = new Map<string, HostSnapshot>();
  const runtimeFile = ofRuntime[runtime];

  beforeAll(async () => {
    await freshLab({ hosts, say, setup: (name) => ({ dirty: true, system: systems[name] ?? 'debian-12' }) });
    for (const name of names) before.set(name, await snapshot(name));
    await installCoordinator(await buildRelease(say), labPlan({ runtime, hosts }));
  });

  it('become a Ready cluster', async () => {
    await pasteEverywhere(names.toReversed());
    await waitUntilReady({ seconds: 400, show: false });
    await deployPods();
    await podsAnswer(names);
  });

  it('keep every foreign file but for the lines that muster names', async () => {
    for (const name of names) {
      const [was, is] = [before.get(name) as HostSnapshot, await snapshot(name)];
      const changed = differentPaths(was, is).filter((path) => isForeign(path) && was.etc.get(path)?.startsWith('f '));
      say(`${name}, ${systems[name]}: ${changed.join(', ')}`);
      expect(changed.filter((path) => ![...edited, runtimeFile].includes(path))).toEqual([]);
      for (const path of changed) expect(modeOf(is.etc.get(path)), path).toBe(modeOf(was.etc.get(path)));
    }
  });

  it('keep what belongs to the site in the files that muster edits', async () => {
    for (const name of names) {
      const files = await on(name, 'sh', '-c', `cat ${runtimeFile} /etc/containerd/conf.d/* 2>/dev/null || true`);
      for (const text of ofSite[runtime]) expect(files, name).toContain(text);
      const hosts = await on(name, 'cat', '/etc/hosts');
      expect(hosts).toContain('192.168.0.77\tprinter.site.example printer\n');
      for (const { address, name: other } of labHosts(names.length))
        expect(await on(name, 'getent', 'ahostsv4', other), other).toMatch(new RegExp(`^${address} `));
      expect(await on(name, 'swapon', '--show', '--noheadings')).toBe('');
      const { stdout } = await hostExec(name, ['grep', '-cE', '^[^#].*\\sswap\\s', '/etc/fstab']);
      expect(stdout.trim(), 'active swap lines').toBe('0');
    }
  });

  it('differ from a clean host in their findings', async () => {
    for (const { name, findings } of (await clusterStatus()).hosts) {
      const ids = findings.filter(({ level }) => level === 'warning').map(({ id }) => id);
      expect(ids, name).toEqual(expect.arrayContaining(['cloud-init-hosts', 'broken-source']));
    }
  });

  it('are as they were before after an uninstall', async () => {
    const worker = names.at(-1) ?? master;
    const flags = worker === master ? ['--give-up-cluster'] : [];
    await on(worker, 'muster-agent', 'uninstall', '--yes', '--purge', ...flags);
    const [was, is] = [before.get(worker) as HostSnapshot, await snapshot(worker)];
    const lost = differentPaths(was, is).filter((path) => isForeign(path) && was.etc.has(path));
    expect(lost).toEqual([]);
  });
}
