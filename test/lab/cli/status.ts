import { existsSync } from 'node:fs';
import { diskOf, disks } from '../host/disk.ts';
import { initOf, processOf } from '../host/init.ts';
import { hostExec } from '../hosts.ts';
import { hostNamed, labPaths } from '../layout.ts';
import { findProcess, secondsUp } from '../machine/processes.ts';
import { elapsed } from './progress.ts';

const adminConf = '/etc/kubernetes/admin.conf';

/** Aligns columns; the last one is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rowOf(name: string): string[] {
  const init = initOf(name);
  const seconds = init === null ? null : secondsUp(init);
  const state = seconds === null ? 'off' : 'running';
  return [name, hostNamed(name)?.address ?? '', state, seconds === null ? '-' : elapsed(seconds * 1000)];
}

async function nodes(): Promise<string> {
  const masters = disks().filter((name) => hostNamed(name)?.role === 'control-plane' && initOf(name) !== null);
  if (masters.length === 0) return '';
  const holder = masters.find((name) => existsSync(`${diskOf(name)}${adminConf}`));
  if (holder === undefined) return `There is no cluster on ${masters.join(', ')} yet.\n`;
  const kubectl = ['kubectl', '--kubeconfig', adminConf, '--request-timeout=3s'];
  const { exitCode, stdout, stderr } = await hostExec(holder, [...kubectl, 'get', 'nodes', '-o', 'wide']);
  return exitCode === 0 ? stdout : `kubectl on ${holder}: ${stderr}`;
}

/** Hosts, the lab's services and, if there is a cluster, its nodes, as text for a terminal. */
export async function labStatus(): Promise<string> {
  const hosts = disks().sort();
  if (hosts.length === 0) return 'The lab has no hosts. Make some: npm run lab\n';
  const services = ['registry', 'web-server', 'proxy-server', 'dns-server'].map(
    (name) => `${name} ${findProcess(name) === null ? 'off' : 'running'}`,
  );
  return [
    table([['HOST', 'ADDRESS', 'STATE', 'UP FOR'], ...hosts.map(rowOf)]),
    `Services: ${services.join(', ')}   Logs: ${labPaths.logs}   Console of a host: ${labPaths.logs}/${processOf('NAME')}.log`,
    '',
    await nodes(),
  ].join('\n');
}
