import type { Resource } from '../changes/resource.ts';
import { isKubeletConfigured } from './kubelet.ts';
import { clearRestartMark, isMarkedForRestart } from './restart-mark.ts';
import { changeUnit } from './unit.ts';

/** Enables and starts a service, or restarts it if marked. */
export const unit: Resource<'unit'> = {
  prior: async ({ name }) => [{ kind: 'unit', name: `${name}.service` }],
  async set({ name, start, restart }, { host }) {
    const remedy = `journalctl -u ${name} -n 50`;
    await changeUnit(host, 'enable', name, { remedy });
    if (start === 'needed' && !(await isKubeletConfigured(host))) return;
    const marked = restart && (await isMarkedForRestart(host, name));
    await changeUnit(host, marked ? 'restart' : 'start', name, { remedy });
    if (marked) await clearRestartMark(host, name);
  },
};
