import type { Host } from '../host/host.ts';
import { enabledUnits } from '../machine/boot-links.ts';
import { output } from '../machine/program.ts';
import type { Step } from './step.ts';

const fstab = '/etc/fstab';

export const swap: Step = {
  id: 'swap',

  async check({ host }) {
    const active = await swapDevices(host);
    if (active.length > 0) return { state: 'todo', message: `swap is on: ${active.join(', ')}` };
    const units = await swapUnitsAtBoot(host);
    if (units.length > 0) return { state: 'todo', message: `${units.join(', ')} turns swap on at the next boot` };
    const table = (await host.readFile(fstab)) ?? '';
    if (withoutSwap(table) !== table) return { state: 'todo', message: `${fstab} turns swap on at the next boot` };
    return { state: 'done' };
  },

  async apply({ host, say }) {
    await host.remember({ kind: 'swap', name: 'devices' });
    for (const unit of await swapUnitsAtBoot(host)) {
      await host.remember({ kind: 'unit', name: unit });
      await output(host, 'systemctl', ['disable', '--now', unit], { timeoutMs: 600_000 });
    }
    const table = await host.readFile(fstab);
    if (table !== null && withoutSwap(table) !== table) await host.writeFile(fstab, withoutSwap(table));
    if ((await swapDevices(host)).length === 0) return;
    await maskUnits(host, say);
    await output(host, 'swapoff', ['-a'], { timeoutMs: 600_000, remedy: 'free --human, then: swapoff -a' });
  },
};

/** Swap units of the operator's own, and the services that make compressed swap in memory (zram). */
const swapUnit = /\.swap$|^(zramswap|zram-config|zram-swap|swapspace|dphys-swapfile)\.service$/;

async function swapUnitsAtBoot(host: Host): Promise<string[]> {
  return [...(await enabledUnits(host))].filter((unit) => swapUnit.test(unit)).sort();
}

/** The table with its lines of the type swap commented out; their text stays readable, their line ends as they were. */
export function withoutSwap(table: string): string {
  const isSwap = (line: string) => !line.trimStart().startsWith('#') && line.trim().split(/\s+/)[2] === 'swap';
  return table
    .split('\n')
    .map((line) => (isSwap(line) ? `# muster: ${line}` : line))
    .join('\n');
}

/** The devices and files that the kernel swaps to now. */
export async function swapDevices(host: Host): Promise<string[]> {
  const lines = ((await host.readFile('/proc/swaps')) ?? '').split('\n').slice(1);
  return lines.flatMap((line) => line.split(/\s+/)[0] || []);
}

/** Units that are still defined once fstab has none come from a partition's type or a zram generator, and would be back after a boot. */
async function maskUnits(host: Host, say: (line: string) => void): Promise<void> {
  await output(host, 'systemctl', ['daemon-reload']);
  const list = ['list-units', '--type=swap', '--state=active', '--plain', '--no-legend', '--no-pager'];
  const units = (await output(host, 'systemctl', list))
    .split('\n')
    .flatMap((line) => line.trim().split(/\s+/)[0] || []);
  for (const unit of units) {
    const source = (await output(host, 'systemctl', ['show', '-p', 'FragmentPath', '--value', unit])).trim();
    if (source === '') continue;
    say(`masking ${unit}, which ${source} defines`);
    await host.symlink('/dev/null', `/etc/systemd/system/${unit}`);
  }
}
