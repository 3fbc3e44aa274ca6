import type { Host } from '../host/host.ts';
import { enabledUnits, isInstalled } from '../machine/boot-links.ts';
import { changeUnit } from '../machine/unit.ts';
import type { Step } from './step.ts';

/** Whatever the host has of these keeps its clock right, and two of them would quarrel: none is installed, and only one is enabled. */
const daemons = ['chrony', 'chronyd', 'systemd-timesyncd', 'ntpsec', 'ntp', 'openntpd'].map(
  (name) => `${name}.service`,
);

export const timeDaemon: Step = {
  id: 'time-daemon',

  async check({ host }) {
    const enabled = await enabledUnits(host);
    if (daemons.some((unit) => enabled.has(unit))) return { state: 'done' };
    const installed = await installedDaemon(host);
    if (installed === undefined)
      return { state: 'done', message: 'no time daemon is installed here: what keeps the clock right is not muster' };
    return { state: 'todo', message: `${installed} is installed and does not start at boot` };
  },

  async apply({ host }) {
    const unit = await installedDaemon(host);
    if (unit === undefined) return;
    await host.remember({ kind: 'unit', name: unit });
    await changeUnit(host, 'enable --now', unit, { remedy: `on this host: systemctl status ${unit}` });
  },
};

async function installedDaemon(host: Host): Promise<string | undefined> {
  const there = await Promise.all(daemons.map((unit) => isInstalled(host, unit)));
  return daemons.find((_, index) => there[index]);
}
