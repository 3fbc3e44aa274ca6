import { done, type Resource, todo } from '../changes/resource.ts';
import type { Host } from '../host/host.ts';
import { enabledUnits, isInstalled } from './boot-links.ts';
import { changeUnit } from './unit.ts';

export const timeDaemon: Resource<'time-daemon'> = {
  async look({ units }, host) {
    const enabled = await enabledUnits(host);
    if (units.some((unit) => enabled.has(unit))) return done;
    const installed = await firstInstalled(units, host);
    if (installed === undefined) {
      const message = { en: 'no time daemon is installed; none is managed', zh: '未安装时间同步服务；muster 不管理' };
      return { state: 'done', message };
    }
    return todo({ en: `${installed}: installed, not enabled at boot`, zh: `${installed}：已安装，未设为开机启动` });
  },
  async prior({ units }, host) {
    const name = await firstInstalled(units, host);
    return name === undefined ? [] : [{ kind: 'unit', name }];
  },
  async set({ units }, { host }) {
    const unit = await firstInstalled(units, host);
    if (unit !== undefined) await changeUnit(host, 'enable --now', unit, { remedy: `systemctl status ${unit}` });
  },
};

async function firstInstalled(units: readonly string[], host: Host): Promise<string | undefined> {
  const installed = await Promise.all(units.map((unit) => isInstalled(host, unit)));
  return units.find((_, index) => installed[index]);
}
