import { MusterError } from '../../shared/errors/errors.ts';
import type { Edit } from '../../shared/steps/change.ts';
import { done, type Resource, todo } from '../changes/resource.ts';
import type { HostView } from '../host/host.ts';
import { packagesOf } from './packages/index.ts';
import { output } from './program.ts';

/** '1': enforcing, '0': permissive. */
export const enforceFile = '/sys/fs/selinux/enforce';

/** null: the kernel has no SELinux, as on Debian and Ubuntu by default. */
export async function seLinuxMode(host: Pick<HostView, 'readFile'>): Promise<'enforcing' | 'permissive' | null> {
  const text = (await host.readFile(enforceFile))?.trim();
  return text === undefined ? null : text === '1' ? 'enforcing' : 'permissive';
}

/** Sets the mode until the next boot. `mode`: 1 or 0, as in /sys/fs/selinux/enforce. */
export const setEnforcing = async (host: Pick<HostView, 'run'>, mode: string): Promise<void> =>
  void (await output(host, 'setenforce', [mode]));

export const permissiveConfig = (text: string) => text.replace(/^SELINUX=enforcing[ \t]*$/m, 'SELINUX=permissive');

type Contexts = Extract<Edit, { type: 'selinux-contexts' }>;

/** Adds these folders' lines to semanage's file of local contexts. */
export function withContexts(text: string, { folders, label }: Omit<Contexts, 'type'>): string {
  const line = (folder: string) => `${folder}(/.*)?    system_u:object_r:${label}:s0`;
  const lines = text.split('\n');
  if (folders.every((folder) => lines.includes(line(folder)))) return text;
  const others = lines.filter((one) => one !== '' && !folders.some((folder) => one.startsWith(`${folder}(`)));
  return `${[...others, ...folders.map(line)].join('\n')}\n`;
}

export const selinux: Resource<'selinux'> = {
  async look(_, host) {
    if ((await seLinuxMode(host)) !== 'enforcing') return done;
    return todo({ en: 'SELinux: enforcing (required: permissive)', zh: 'SELinux：enforcing（要求：permissive）' });
  },
  prior: async () => [{ kind: 'selinux', name: 'enforce' }],
  set: (_, { host }) => setEnforcing(host, '0'),
};

export const selinuxLabels: Resource<'selinux-labels'> = {
  async set({ folders, label }, { host, say }) {
    if ((await seLinuxMode(host)) === null) return;
    for (const folder of folders) {
      if (!(await host.exists(folder))) continue;
      const result = await host.run('restorecon', ['-R', folder]);
      if (result.exitCode === 127) {
        const { commands } = (await packagesOf(host)).format;
        throw new MusterError('no-restorecon', { install: commands.install(['policycoreutils']) });
      }
      say({ en: `${folder}: labelled ${label}`, zh: `${folder}：标签已设为 ${label}` });
    }
  },
};
