import { holds } from '../changes/conditions.ts';
import { done, type Resource, todo } from '../changes/resource.ts';
import { isKubeletConfigured } from './kubelet.ts';
import { clearRestartMark, isMarkedForRestart } from './restart-mark.ts';
import { changeUnit, unitNamed } from './unit.ts';

/** Enables and starts a service, or restarts it if marked. */
export const unit: Resource<'unit'> = {
  prior: async ({ name }) => [{ kind: 'unit', name: `${name}.service` }],
  async set({ name, start, restart }, { host }) {
    const remedy = `journalctl -u ${name} -n 50`;
    await changeUnit(host, 'enable', name, { remedy });
    if (start === 'needed' && !(await isKubeletConfigured(host))) return;
    const marked = restart !== false && (await isMarkedForRestart(host, name));
    const again = restart === 'reload' ? 'reload-or-restart' : 'restart';
    await changeUnit(host, marked ? again : 'start', name, { remedy });
    if (marked) await clearRestartMark(host, name);
  },
};

export const unitGone: Resource<'unit-gone'> = {
  async look({ name, when }, host) {
    if (!(await holds(when, host))) return done;
    const { active, enabled } = await unitNamed(host, name);
    if (!active && !enabled) return done;
    return todo({ en: `${name}: enabled, but no longer planned`, zh: `${name}：已启用，但不再在计划中` });
  },
  async set({ name }, { host }) {
    await changeUnit(host, 'disable --now', name);
  },
};
