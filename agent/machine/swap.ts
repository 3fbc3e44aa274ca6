import { done, type Means, type Resource, todo } from '../changes/resource.ts';
import type { Host, HostView } from '../host/host.ts';
import { enabledUnits } from './boot-links.ts';
import { lastWords, output } from './program.ts';
import { changeUnit, reloadUnits } from './unit.ts';

export interface SwapDevice {
  device: string;
  priority: number;
}

const timeoutMs = 600_000;

/** Swap devices and files in use, from /proc/swaps: Filename, Type, Size, Used, Priority. */
export async function swapsInUse(host: Pick<HostView, 'readFile'>): Promise<SwapDevice[]> {
  const rows = ((await host.readFile('/proc/swaps')) ?? '').split('\n').slice(1);
  return rows
    .map((row) => row.split(/\s+/))
    .flatMap(([device = '', , , , priority]) =>
      device === '' ? [] : [{ device: unescaped(device), priority: Number(priority || -1) }],
    );
}

/** The kernel writes spaces and the like as octal numbers. */
const unescaped = (path: string) =>
  path.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));

/**
 * Enables a swap device. Returns why it failed; null: in use. Negative priorities are assigned by the kernel and cannot
 * be set.
 */
export async function swapOn(host: Host, { device, priority }: SwapDevice): Promise<string | null> {
  const result = await host.run('swapon', [...(priority < 0 ? [] : ['-p', String(priority)]), device]);
  return result.exitCode === 0 ? null : lastWords(result);
}

/** Swap units set up by the operator, and services that create compressed swap in memory (zram). */
const swapUnit = /\.swap$|^(zramswap|zram-config|zram-swap|swapspace|dphys-swapfile)\.service$/;
const unitsAtBoot = async (host: Host) => [...(await enabledUnits(host))].filter((unit) => swapUnit.test(unit)).sort();

export const swapUnits: Resource<'swap-units'> = {
  async look(_, host) {
    const units = (await unitsAtBoot(host)).join(', ');
    if (units === '') return done;
    return todo({ en: `${units}: turns swap on at boot`, zh: `${units}：启动时开启交换空间` });
  },
  prior: async (_, host) => [
    { kind: 'swap', name: 'devices' },
    ...(await unitsAtBoot(host)).map((name) => ({ kind: 'unit' as const, name })),
  ],
  async set(_, { host }) {
    for (const unit of await unitsAtBoot(host)) await changeUnit(host, 'disable --now', unit, { timeoutMs });
  },
};

export const swap: Resource<'swap'> = {
  async look(_, host) {
    const devices = (await swapsInUse(host)).map(({ device }) => device).join(', ');
    if (devices === '') return done;
    return todo({ en: `swap is on: ${devices}`, zh: `交换空间已开启：${devices}` });
  },
  prior: async () => [{ kind: 'swap', name: 'devices' }],
  async set(_, means) {
    await maskUnits(means);
    await output(means.host, 'swapoff', ['-a'], { timeoutMs, remedy: 'free --human; swapoff -a' });
  },
};

/**
 * Swap units that remain without fstab entries come from partition types or zram generators and would return at boot.
 */
async function maskUnits({ host, say }: Means): Promise<void> {
  await reloadUnits(host);
  const list = ['list-units', '--type=swap', '--state=active', '--plain', '--no-legend', '--no-pager'];
  const rows = (await output(host, 'systemctl', list)).split('\n');
  for (const unit of rows.flatMap((row) => row.trim().split(/\s+/)[0] || [])) {
    const source = (await output(host, 'systemctl', ['show', '-p', 'FragmentPath', '--value', unit])).trim();
    if (source === '') continue;
    say({ en: `masking ${unit}, defined by ${source}`, zh: `正在屏蔽 ${unit}，由 ${source} 定义` });
    await host.symlink('/dev/null', `/etc/systemd/system/${unit}`);
  }
}
