import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { LabError } from '../lab-error.ts';
import { type LabHost, labPaths } from '../layout.ts';
import { hierarchiesOf, removeCgroups, thaw } from '../machine/cgroups.ts';
import { endProcess, findProcess, startProcess, stopProcess } from '../machine/processes.ts';
import { connectHost, disconnectHost, namespaceOf } from '../network.ts';
import { diskOf, ensureDisk, removeDisk } from './disk.ts';
import { hostExec } from './exec.ts';
import { furnishHost } from './furnish.ts';
import { initOf, knownHost, processOf } from './init.ts';

async function until<T>(look: () => T | null | Promise<T | null>, seconds: number): Promise<T | null> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(25)) {
    const found = await look();
    if (found !== null) return found;
  }
  return null;
}

/** cgroup v1 only: remounts the host's groups, which are read-only inside, because runtimes need to write them. */
async function openCgroups(init: number): Promise<void> {
  const closed = hierarchiesOf(readFileSync(`/proc/${init}/mountinfo`, 'utf8'));
  const targets = closed.filter(({ readOnly, type }) => readOnly && type === 'cgroup').map((one) => one.mountPoint);
  await Promise.all(
    targets.map((target) =>
      execa('nsenter', ['-t', String(init), '-m', '-C', 'mount', '-o', 'remount,rw,bind', target], { reject: false }),
    ),
  );
}

async function start(host: LabHost): Promise<void> {
  const { name } = host;
  await killHost(name);
  await Promise.all([ensureDisk(name), connectHost(host)]);
  startProcess(processOf(name), process.execPath, [
    `${import.meta.dirname}/nspawn.ts`,
    name,
    ...['--register=no', '--keep-unit', '--quiet', '--boot', '--console=pipe', '--resolv-conf=off'],
    ...[`--directory=${diskOf(name)}`, `--machine=${name}`, `--network-namespace-path=/run/netns/${namespaceOf(name)}`],
    ...['--capability=all', '--system-call-filter=@known', '--bind=/dev/kmsg'],
  ]);
  const init = await until(() => (findProcess(processOf(name)) === null ? 0 : initOf(name)), 20);
  if (!init) throw notUp(name, 'did not start');
  await openCgroups(init);
}

/** Powers a host on unless it is running; returns when its systemd has started. Creates a disk if it has none. */
export async function bootHost(name: string): Promise<void> {
  const host = knownHost(name);
  if (initOf(name) === null) await start(host);
  const up = await until(async () => {
    if (initOf(name) === null) return false;
    const { stdout } = await hostExec(name, ['systemctl', 'is-system-running']);
    return /running|degraded/.test(stdout) || null;
  }, 60);
  if (!up) throw notUp(name, 'started, but its systemd did not finish booting within 60 s');
  await furnishHost(name, host.address);
}

const notUp = (name: string, what: string) =>
  new LabError('lab-boot', `${name} ${what}`, { remedy: `tail ${labPaths.logs}/${processOf(name)}.log` });

/** Powers a host off like a power cut; its disk stays. No error if it is off. */
export async function killHost(name: string): Promise<void> {
  knownHost(name);
  // The host's other processes and its mounts end with its process 1.
  const init = initOf(name);
  if (init !== null) await endProcess(init, 'SIGKILL', () => thaw(name));
  await stopProcess(processOf(name), 'SIGKILL');
  await removeCgroups(name);
  await disconnectHost(name);
}

/** Powers the host off and deletes its disk. The next boot is that of a new machine. */
export async function wipeHost(name: string): Promise<void> {
  await killHost(name);
  await removeDisk(name);
}
