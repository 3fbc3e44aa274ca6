import { MusterError } from '../../shared/errors/errors.ts';
import { packageFormat } from '../../shared/packages/index.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import { modulesFile, kernelModules as names } from '../../shared/steps/content/kernel.ts';
import type { Host } from '../host/host.ts';
import { lastWords } from '../machine/program.ts';
import type { Step } from './step.ts';

type Module = (typeof names)[number];

/** What a module does decides, not whether it is listed: compiled into the kernel it has no module and no file. */
export const kernelModules: Step = {
  id: 'kernel-modules',

  async check({ host }) {
    const missing = await modulesWithoutEffect(host);
    if (missing.length > 0) return { state: 'todo', message: `not in the kernel: ${missing.join(', ')}` };
    if ((await host.readFile(hostFiles.modules)) === modulesFile()) return { state: 'done' };
    return { state: 'todo', message: `${hostFiles.modules} does not load them at boot` };
  },

  async apply({ host, facts }) {
    await host.writeFile(hostFiles.modules, modulesFile());
    for (const name of await modulesWithoutEffect(host)) {
      await host.remember({ kind: 'module', name });
      const result = await host.run('modprobe', [name]);
      if (result.exitCode === 0 || (await effects[name](host))) continue;
      throw new MusterError('module-missing', `kernel ${facts.kernel} has no ${name}: ${lastWords(result)}`, {
        remedy: `${packageFormat.commands.install([`linux-modules-extra-${facts.kernel}`])}, or boot a kernel with ${name}`,
      });
    }
  },
};

const effects: Record<Module, (host: Host) => Promise<boolean>> = {
  overlay: async (host) => /^(nodev)?\toverlay$/m.test((await host.readFile('/proc/filesystems')) ?? ''),
  br_netfilter: (host) => host.exists('/proc/sys/net/bridge/bridge-nf-call-iptables'),
};

/** Modules whose effect the kernel does not show. */
export async function modulesWithoutEffect(host: Host): Promise<Module[]> {
  const there = await Promise.all(names.map((name) => effects[name](host)));
  return names.filter((_, index) => !there[index]);
}
