import { MusterError } from '../../shared/errors/errors.ts';
import { packageFormat } from '../../shared/packages/index.ts';
import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';
import type { CheckResult, Step, StepContext } from './step.ts';

const enforce = '/sys/fs/selinux/enforce';
const config = '/etc/selinux/config';

/** What containers write, or read from the host, and the label that lets them. */
const folders = ['/etc/kubernetes', '/var/lib/etcd', '/opt/cni/bin'];
const label = 'container_file_t';
const localContexts = '/etc/selinux/targeted/contexts/files/file_contexts.local';

/** Debian and Ubuntu come without SELinux, and then there is nothing to do. */
export const selinux: Step = {
  id: 'selinux',

  async check(context): Promise<CheckResult> {
    const { host } = context;
    const wanted = context.assignment.settings.preparation.selinux;
    const mode = (await host.readFile(enforce))?.trim();
    if (mode === undefined || wanted === 'keep') return { state: 'done' };
    if (wanted === 'contexts') return checkContexts(host);
    if (mode === '1') return { state: 'todo', message: 'SELinux is enforcing; the plan wants it permissive' };
    const text = (await host.readFile(config)) ?? '';
    if (permissive(text) !== text) return { state: 'todo', message: `${config} turns SELinux on at the next boot` };
    return { state: 'done' };
  },

  async apply(context) {
    const { host } = context;
    if (context.assignment.settings.preparation.selinux === 'contexts') return setContexts(context);
    await host.remember({ kind: 'selinux', name: 'enforce' });
    const text = await host.readFile(config);
    if (text !== null && permissive(text) !== text) await host.writeFile(config, permissive(text));
    if ((await host.readFile(enforce))?.trim() === '1') await output(host, 'setenforce', ['0']);
  },
};

const permissive = (text: string) => text.replace(/^SELINUX=enforcing[ \t]*$/m, 'SELINUX=permissive');

const contextLine = (folder: string) => `${folder}(/.*)?    system_u:object_r:${label}:s0`;

async function checkContexts(host: Host): Promise<CheckResult> {
  const lines = ((await host.readFile(localContexts)) ?? '').split('\n');
  const missing = folders.filter((folder) => !lines.includes(contextLine(folder)));
  if (missing.length === 0) return { state: 'done' };
  return { state: 'todo', message: `containers may not use ${missing.join(', ')} while SELinux is enforcing` };
}

/** The file in which semanage keeps local contexts, so that they outlast the next relabelling; then the folders themselves. */
async function setContexts({ host, say }: StepContext): Promise<void> {
  const current = (await host.readFile(localContexts)) ?? '';
  const lines = current.split('\n').filter((line) => line !== '' && !folders.some((f) => line.startsWith(`${f}(`)));
  await host.writeFile(localContexts, `${[...lines, ...folders.map(contextLine)].join('\n')}\n`);
  for (const folder of folders) {
    if (!(await host.exists(folder))) continue;
    const result = await host.run('restorecon', ['-R', folder]);
    if (result.exitCode === 127) {
      throw new MusterError('no-restorecon', 'this host has SELinux, but not the program that sets labels', {
        remedy: `${packageFormat.commands.install(['policycoreutils'])}, or set selinux: permissive in the plan`,
      });
    }
    say(`${folder} is labelled ${label}`);
  }
}
