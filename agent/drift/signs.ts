import { kernelModules, leastSysctls, sysctls } from '../../shared/steps/content/kernel.ts';
import { etcdSign } from '../facts/etcd.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { enabledUnits } from '../machine/boot-links.ts';
import { currentHostName } from '../machine/host-name.ts';
import { hasEffect } from '../machine/kernel-module.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { seLinuxMode } from '../machine/selinux.ts';
import { swapsInUse } from '../machine/swap.ts';
import { readSysctl } from '../machine/sysctl.ts';
import type { AgentPaths } from '../paths.ts';
import { recordedNames } from '../prior/record.ts';

/**
 * Fingerprints of everything that muster has set on this host, by name, and of etcd's members; equal maps mean no
 * drift. Cheap enough to call several times a minute: it reads a few dozen files and /proc entries, asks etcd for its
 * members and starts no program. The steps' checks decide what a difference means.
 */
export async function signs(host: Host, paths: AgentPaths): Promise<Map<string, string>> {
  const packages = await packagesOf(host);
  const recorded = recordedNames(await host.list(paths.prior));
  const asked: [name: string, look: Promise<string | null>][] = [
    // Changes when a package is unheld or replaced.
    ...[packages.database, kubeletConf, ...recorded.paths].map((path) => [path, host.stamp(path)] as const),
    ...recorded.units.map((unit) => [`mask of ${unit}`, host.readLink(`/etc/systemd/system/${unit}`)] as const),
    ...recorded.units.map((unit) => [`whether ${unit} runs`, host.readLink(invocationOf(unit)).then(isThere)] as const),
    ['units at boot', enabledUnits(host).then((enabled) => [...enabled].sort().join())] as const,
    ...Object.keys({ ...sysctls, ...leastSysctls }).map((key) => [key, readSysctl(host, key)] as const),
    ['swap', swapsInUse(host).then((swaps) => swaps.map(({ device }) => device).join())],
    ...kernelModules.map((name) => [`module ${name}`, hasEffect(host, name).then(String)] as const),
    ['host name', currentHostName(host)],
    ['SELinux', seLinuxMode(host)],
    ['etcd', etcdSign(host)],
  ].map(([name, look]) => [name, look] as [string, Promise<string | null>]);
  return new Map(await Promise.all(asked.map(async ([name, look]) => [name, (await look) ?? ''] as const)));
}

/** systemd keeps this link while the unit runs. Its target changes with every start, so only its presence counts. */
const invocationOf = (unit: string) => `/run/systemd/units/invocation:${unit}`;
const isThere = (link: string | null) => (link === null ? null : 'runs');
