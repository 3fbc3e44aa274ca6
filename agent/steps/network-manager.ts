import { networkManagerFile } from '../../shared/steps/content/host-settings.ts';
import { changeUnit, unitNamed } from '../machine/unit.ts';
import type { Step } from './step.ts';

const program = '/usr/sbin/NetworkManager';
const file = '/etc/NetworkManager/conf.d/50-muster.conf';

export const networkManager: Step = {
  id: 'network-manager',

  async check({ host }) {
    if (!(await host.exists(program))) return { state: 'done' };
    if ((await host.readFile(file)) === networkManagerFile()) return { state: 'done' };
    return { state: 'todo', message: 'NetworkManager would look after the interfaces of pods' };
  },

  async apply({ host }) {
    await host.writeFile(file, networkManagerFile());
    if ((await unitNamed(host, 'NetworkManager')).active) await changeUnit(host, 'reload', 'NetworkManager');
  },
};
