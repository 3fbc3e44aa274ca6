import type { HostView } from '../host/host.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { unitNamed } from '../machine/unit.ts';
import type { Thing, ThingRecord } from './record.ts';

export const sysctlPath = (key: string) => `/proc/sys/${key.replaceAll('.', '/')}`;

/** What the host has there now. Looks only. */
export async function lookAtThing(thing: Thing, host: HostView): Promise<ThingRecord> {
  const text = async (path: string) => (await host.readFile(path))?.trim() ?? null;
  switch (thing.kind) {
    case 'unit':
      return { ...thing, was: await unitState(thing.name, host) };
    case 'sysctl':
      return { ...thing, was: await text(sysctlPath(thing.name)) };
    case 'module':
      return { ...thing, was: { loaded: isLoaded(thing.name, (await text('/proc/modules')) ?? '') } };
    case 'hold':
      return { ...thing, was: { held: await (await packagesOf(host)).isHeld(thing.name) } };
    case 'folder':
      return { ...thing, was: await host.below(thing.name) };
    case 'swap':
      return { ...thing, was: swaps((await text('/proc/swaps')) ?? '') };
    case 'host-name':
      return { ...thing, was: (await text('/proc/sys/kernel/hostname')) ?? '' };
    case 'selinux':
      return { ...thing, was: await text('/sys/fs/selinux/enforce') };
  }
}

async function unitState(name: string, host: HostView): Promise<{ enabled: string; active: boolean }> {
  const { fileState, active } = await unitNamed(host, name);
  return { enabled: fileState, active };
}

function isLoaded(name: string, modules: string): boolean {
  return modules.split('\n').some((line) => line.startsWith(`${name} `));
}

/** Rows of /proc/swaps: Filename, Type, Size, Used, Priority. */
function swaps(table: string): { device: string; priority: number }[] {
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.split(/\s+/))
    .flatMap(([device = '', , , , priority = '-1']) => (device === '' ? [] : [{ device, priority: Number(priority) }]));
}
