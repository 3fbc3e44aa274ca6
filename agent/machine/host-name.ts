import { done, type Resource, todo } from '../changes/resource.ts';
import type { HostView } from '../host/host.ts';
import { output } from './program.ts';

const kernelFile = '/proc/sys/kernel/hostname';

/** The kernel's current host name; '': unreadable. */
export const currentHostName = async (host: Pick<HostView, 'readFile'>): Promise<string> =>
  (await host.readFile(kernelFile))?.trim() ?? '';

/** Sets the host name until the next boot. Uses no D-Bus, which a minimal host may lack. */
export const setHostName = async (host: Pick<HostView, 'run'>, name: string): Promise<void> =>
  void (await output(host, 'hostname', [name]));

export const hostName: Resource<'host-name'> = {
  async look({ name }, host) {
    const current = await currentHostName(host);
    if (current === name) return done;
    return todo({ en: `host name: ${current} (required: ${name})`, zh: `主机名：${current}（要求：${name}）` });
  },
  prior: async () => [{ kind: 'host-name', name: 'kernel' }],
  set: ({ name }, { host }) => setHostName(host, name),
};
