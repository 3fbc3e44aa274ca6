import type { HostView } from '../host/host.ts';
import { currentHostName } from '../machine/host-name.ts';
import { isLoaded } from '../machine/kernel-module.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { enforceFile } from '../machine/selinux.ts';
import { swapsInUse } from '../machine/swap.ts';
import { readSysctl } from '../machine/sysctl.ts';
import { unitNamed } from '../machine/unit.ts';
import type { Thing, ThingRecord } from './record.ts';

/** The thing's current state. Read-only. */
export async function lookAtThing(thing: Thing, host: HostView): Promise<ThingRecord> {
  switch (thing.kind) {
    case 'unit':
      return { ...thing, was: await unitState(thing.name, host) };
    case 'sysctl':
      return { ...thing, was: await readSysctl(host, thing.name) };
    case 'module':
      return { ...thing, was: { loaded: await isLoaded(host, thing.name) } };
    case 'hold':
      return { ...thing, was: { held: await (await packagesOf(host)).isHeld(thing.name) } };
    case 'folder':
      return { ...thing, was: await host.below(thing.name) };
    case 'swap':
      return { ...thing, was: await swapsInUse(host) };
    case 'host-name':
      return { ...thing, was: await currentHostName(host) };
    case 'selinux':
      return { ...thing, was: (await host.readFile(enforceFile))?.trim() ?? null };
  }
}

async function unitState(name: string, host: HostView): Promise<{ enabled: string; active: boolean }> {
  const { fileState, active } = await unitNamed(host, name);
  return { enabled: fileState, active };
}
