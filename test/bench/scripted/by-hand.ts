import { on } from '../../lab/install.ts';
import { joinCommand, master, type Phases, type Runtime, script, socketOf, stopwatch, workers } from './commands.ts';

/** The tutorial by hand on three new hosts: one host and one command after another. */
export async function byHand({ runtime }: { runtime: Runtime }): Promise<Phases> {
  const seconds = stopwatch();
  const socket = socketOf(runtime);
  for (const host of [master, ...workers]) await script(host, 'prepare', host, runtime);
  const prepared = seconds();
  await script(master, 'init', socket);
  const initialised = seconds();
  const join = joinCommand(await on(master, 'kubeadm', 'token', 'create', '--print-join-command'));
  for (const host of workers) await on(host, ...join, '--cri-socket', socket);
  const joined = seconds();
  await script(master, 'plugin');
  await script(master, 'wait-ready', String(1 + workers.length));
  return { prepared, initialised, joined, ready: seconds() };
}
