import type { Facts } from '../../shared/protocol/facts.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import { sysctls as wanted } from '../../shared/steps/content/kernel.ts';
import type { Host } from '../host/host.ts';
import { disabledModules } from '../machine/kernel-module.ts';
import { seLinuxMode } from '../machine/selinux.ts';
import { isReadAfter, parameterOf, sysctlSettings } from '../machine/sysctl.ts';
import { kernelConfig } from './kernel-config.ts';

type Machine = Facts['machine'];

const memoryGrain = 64 * 1024 ** 2;

/** Facts of the machine and its kernel. `kernel`: the release, such as 6.1.0-18-amd64. */
export async function machineFacts(host: Host, kernel: string, units: Machine['units']): Promise<Machine> {
  const line = async (path: string) => (await host.readFile(path))?.trim() ?? null;
  const [container, init, meminfo, entropy, seccomp, appArmor, seLinux, namespaces] = await Promise.all([
    line('/run/systemd/container'),
    line('/proc/1/comm'),
    host.readFile('/proc/meminfo'),
    line('/proc/sys/kernel/random/entropy_avail'),
    host.exists('/proc/sys/kernel/seccomp/actions_avail'),
    line('/sys/module/apparmor/parameters/enabled'),
    seLinuxMode(host),
    host.list('/proc/self/ns'),
  ]);
  const available = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo ?? '')?.[1];
  return {
    // systemd writes this file only in a container.
    container: init === 'systemd' ? (container ?? '') : container,
    packageArchitecture: null,
    memoryAvailableBytes: available === undefined ? null : floorTo(Number(available) * 1024, memoryGrain),
    year: host.now().getUTCFullYear(),
    timeSynchronised: await synchronised(host, units),
    rebootRequired: await host.exists('/run/reboot-required'),
    kernelLog: await host.exists('/dev/kmsg'),
    entropyBits: entropy === null ? null : Number(entropy),
    namespaces: namespaces.length === 0 ? null : namespaces,
    kernelConfig: await kernelConfig(host, kernel),
    seccomp,
    appArmor: appArmor === null ? false : appArmor === 'Y',
    seLinux: seLinux ?? 'off',
    units,
    swapUnits: await swapUnits(host),
    sysctlFiles: await overrulingFiles(host),
    cloudInit: await cloudInit(host),
    disabledModules: await disabledModules(host),
  };
}

const floorTo = (value: number, grain: number) => Math.floor(value / grain) * grain;

/** Only systemd-timesyncd leaves a mark that can be read without starting a program. */
async function synchronised(host: Host, units: Machine['units']): Promise<boolean | null> {
  if (units?.['systemd-timesyncd']?.active !== true) return null;
  return host.exists('/run/systemd/timesync/synchronized');
}

/** Generators write units for swap partitions and zram; a unit linked to /dev/null is masked. */
async function swapUnits(host: Host): Promise<string[]> {
  const folders = ['/run/systemd/generator', '/run/systemd/generator.late', '/etc/systemd/system'];
  const names = (await Promise.all(folders.map((folder) => host.list(folder)))).flat();
  const units = [...new Set(names.filter((name) => name.endsWith('.swap')))];
  const masked = await Promise.all(
    units.map(async (name) => (await host.readLink(`/etc/systemd/system/${name}`)) === '/dev/null'),
  );
  return units.filter((_, i) => masked[i] === false);
}

/** Settings of files that are read after muster's and have another value. */
async function overrulingFiles(host: Host): Promise<NonNullable<Machine['sysctlFiles']>> {
  const needed: Readonly<Record<string, string>> = wanted;
  const later = (await sysctlSettings(host)).filter(({ path }) => isReadAfter(path, hostFiles.sysctls));
  return later.filter(({ key, value }) => (needed[parameterOf(key)] ?? value) !== value);
}

async function cloudInit(host: Host): Promise<Machine['cloudInit']> {
  const folder = '/etc/cloud/cloud.cfg.d';
  const parts = (await host.list(folder)).filter((name) => name.endsWith('.cfg')).map((name) => `${folder}/${name}`);
  const userData = '/var/lib/cloud/instance/cloud-config.txt';
  const texts = await Promise.all(['/etc/cloud/cloud.cfg', ...parts, userData].map((path) => host.readFile(path)));
  const [enabled, finished] = await Promise.all([
    host.exists('/run/cloud-init/enabled'),
    host.exists('/run/cloud-init/result.json'),
  ]);
  return {
    running: enabled && !finished,
    writesHostsFile: texts.some((text) =>
      /^[ \t]*manage_etc_hosts:\s*["']?(true|yes|on|1|template|localhost)\b/im.test(text ?? ''),
    ),
  };
}
