import type { Change } from '../../shared/steps/change.ts';
import type { Host } from '../host/host.ts';
import { changeUnit, unitNamed } from '../machine/unit.ts';
import { packageChanges } from '../steps/package-changes.ts';
import { done, type Resource, todo } from './resource.ts';

/** A package's service that nobody configured, and that runs only because muster installed the package. */
async function isIdle({ package: name, config, inUse }: Change<'idle-unit'>, host: Host): Promise<boolean> {
  if (!(await packageChanges(host)).packages.includes(name)) return false;
  return !new RegExp(inUse, 'm').test((await host.readFile(config)) ?? '');
}

export const idleUnit: Resource<'idle-unit'> = {
  async look(change, host) {
    const { active, enabled } = await unitNamed(host, change.name);
    if (!(active || enabled) || !(await isIdle(change, host))) return done;
    return todo({ en: `${change.name}: runs without a configuration`, zh: `${change.name}：无配置却在运行` });
  },
  async set({ name }, { host }) {
    await changeUnit(host, 'disable --now', name);
  },
};
