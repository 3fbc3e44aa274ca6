import { criDockerdFolder } from '../../shared/steps/content/cri-dockerd.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { setHostName } from '../machine/host-name.ts';
import { unloadModule } from '../machine/kernel-module.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { setEnforcing } from '../machine/selinux.ts';
import { swapOn } from '../machine/swap.ts';
import { setSysctl } from '../machine/sysctl.ts';
import { changeUnit, unitNamed } from '../machine/unit.ts';
import type { Of, ThingRecord } from '../prior/record.ts';
import { lookAtThing } from '../prior/thing.ts';

/** Descriptions of what could not be restored; empty: fully restored. */
export type Remains = LocalText[];

/** Restores a setting if it differs from the record. Throws MusterError if the host rejects the change. */
export async function putThingBack(record: ThingRecord, host: Host): Promise<Remains> {
  switch (record.kind) {
    case 'unit':
      return putUnitBack(record, host);
    case 'sysctl':
      return putSysctlBack(record, host);
    case 'module':
      return putModuleBack(record, host);
    case 'hold':
      return putHoldBack(record, host);
    case 'folder':
      return putFolderBack(record, host);
    case 'swap':
      return putSwapBack(record, host);
    case 'host-name':
      await setHostName(host, record.was);
      return [];
    case 'selinux':
      if (record.was !== null) await setEnforcing(host, record.was);
      return [];
  }
}

/** A unit that did not exist before came with a package; it is stopped and disabled. */
async function putUnitBack({ name, was }: Of<'unit'>, host: Host): Promise<Remains> {
  const { fileState } = await unitNamed(host, name);
  if (fileState === '') return [];
  const isOn = (state: string) => state === 'enabled' || state === 'enabled-runtime';
  if (was.enabled === 'masked') await changeUnit(host, 'mask', name);
  else if (isOn(fileState) !== isOn(was.enabled))
    await changeUnit(host, isOn(was.enabled) ? 'enable' : 'disable', name);
  // Restarts a service so that it runs with its restored configuration.
  await changeUnit(host, was.active ? 'restart' : 'stop', name);
  return [];
}

async function putSysctlBack({ name, was }: Of<'sysctl'>, host: Host): Promise<Remains> {
  const now = (await lookAtThing({ kind: 'sysctl', name }, host)) as Of<'sysctl'>;
  if (was === null || now.was === null || now.was === was) return [];
  await setSysctl(host, name, was);
  return [];
}

/** A module in use stays loaded until the next boot. */
async function putModuleBack({ name, was }: Of<'module'>, host: Host): Promise<Remains> {
  const now = (await lookAtThing({ kind: 'module', name }, host)) as Of<'module'>;
  if (was.loaded || !now.was.loaded) return [];
  const reason = await unloadModule(host, name);
  if (reason === null) return [];
  return [
    {
      en: `kernel module ${name}: loaded until the next boot (${reason})`,
      zh: `内核模块 ${name}：在下次启动之前保持加载（${reason}）`,
    },
  ];
}

async function putHoldBack({ name, was }: Of<'hold'>, host: Host): Promise<Remains> {
  const manager = await packagesOf(host);
  if ((await manager.isHeld(name)) !== was.held) await (was.held ? manager.hold([name]) : manager.release([name]));
  return [];
}

/**
 * kubeadm reset has emptied its own folder. CNI configuration is deleted, as it is useless without its cluster. All
 * other new files belong to the operator.
 */
async function putFolderBack({ name, was }: Of<'folder'>, host: Host): Promise<Remains> {
  const before = new Set(was ?? []);
  const added = ((await host.below(name)) ?? []).filter((path) => !before.has(path));
  const left: Remains = [];
  if (name === criDockerdFolder && was === null) {
    await host.removeTree(name);
    return left;
  }
  for (const path of [...added.reverse(), ...(was === null ? [name] : [])]) {
    if (/^\/etc\/cni\/net\.d\/[^/]+$/.test(path)) await host.removeTree(path);
    else if (!(await host.removeFolder(path)))
      left.push({ en: `${path}: not created by muster; kept`, zh: `${path}：不是由 muster 创建的，予以保留` });
  }
  return left;
}

async function putSwapBack({ was }: Of<'swap'>, host: Host): Promise<Remains> {
  const now = (await lookAtThing({ kind: 'swap', name: 'devices' }, host)) as Of<'swap'>;
  const missing = was.filter(({ device }) => !now.was.some((one) => one.device === device));
  const left: Remains = [];
  for (const one of missing) {
    const reason = await swapOn(host, one);
    if (reason !== null)
      left.push({
        en: `swap on ${one.device}: not enabled (${reason})`,
        zh: `${one.device} 上的交换空间：未能启用（${reason}）`,
      });
  }
  return left;
}
