import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';
import type { Step } from './step.ts';

const file = '/etc/hostname';

/** The file and the kernel's own: no D-Bus needed, which a minimal host may lack. */
export const hostName: Step = {
  id: 'host-name',

  async check({ host, assignment }) {
    const wanted = assignment.host.name;
    const [kernel, stored] = await Promise.all([nameIn(host, '/proc/sys/kernel/hostname'), nameIn(host, file)]);
    if (kernel === wanted && stored === wanted) return { state: 'done' };
    return { state: 'todo', message: `the host is called ${kernel} (${file}: ${stored}); the plan calls it ${wanted}` };
  },

  async apply({ host, assignment }) {
    const wanted = assignment.host.name;
    await host.remember({ kind: 'host-name', name: 'kernel' });
    await host.writeFile(file, `${wanted}\n`);
    await output(host, 'hostname', [wanted]);
  },
};

async function nameIn(host: Host, path: string): Promise<string> {
  return (await host.readFile(path))?.trim() || 'nothing';
}
