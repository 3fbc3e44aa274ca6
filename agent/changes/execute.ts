import type { Change, ChangeKind } from '../../shared/steps/change.ts';
import type { Host } from '../host/host.ts';
import { otherRegistries } from '../machine/containerd.ts';
import { endpointUsers } from '../machine/endpoint-users.ts';
import { firewall } from '../machine/firewall.ts';
import { hostName } from '../machine/host-name.ts';
import { journalLimit } from '../machine/journald.ts';
import { kernelModule } from '../machine/kernel-module.ts';
import { output } from '../machine/program.ts';
import { restartLater } from '../machine/restart-mark.ts';
import { selinux, selinuxLabels } from '../machine/selinux.ts';
import { servicePackets } from '../machine/service-packets.ts';
import { swap, swapUnits } from '../machine/swap.ts';
import { sysctls } from '../machine/sysctl.ts';
import { timeDaemon } from '../machine/time-daemon.ts';
import { unit, unitGone } from '../machine/unit-change.ts';
import { holds } from './conditions.ts';
import { copy, file } from './file.ts';
import { idleUnit } from './idle-unit.ts';
import { done, type Look, type Means, type Resource, todo } from './resource.ts';

const command: Resource<'command'> = {
  async set({ argv: [program, ...args], when }, { host }) {
    if (await holds(when, host)) await output(host, program, args);
  },
};

/**
 * Changes that a step's own code applies, because they need more than the change holds, such as a credential or a long
 * program.
 */
type Custom =
  | 'package-source'
  | 'packages'
  | 'cri-dockerd'
  | 'images'
  | 'leftovers-removed'
  | 'kubeadm'
  | 'cluster-configuration'
  | 'serving-certificate'
  | 'cluster-objects'
  | 'manifest'
  | 'node-properties'
  | 'node-ready'
  | 'coordinator'
  | 'coordinator-access';
type Executable = Exclude<ChangeKind, Custom>;

const resources: { [K in Executable]: Resource<K> } = {
  file,
  command,
  'host-name': hostName,
  'swap-units': swapUnits,
  swap,
  module: kernelModule,
  sysctls,
  selinux,
  'selinux-labels': selinuxLabels,
  firewall,
  'time-daemon': timeDaemon,
  'journal-limit': journalLimit,
  'restart-later': restartLater,
  'other-registries': otherRegistries,
  'service-packets': servicePackets,
  unit,
  'unit-gone': unitGone,
  'idle-unit': idleUnit,
  'endpoint-users': endpointUsers,
  copy,
};

export const isExecutable = (change: Change): change is Change<Executable> => change.kind in resources;

const lookAt = async <K extends Executable>(change: Change<K>, host: Host): Promise<Look> =>
  (await resources[change.kind as K].look?.(change, host)) ?? done;

/** Whether the change would change the host. */
export const isOpen = async <K extends Executable>(change: Change<K>, host: Host): Promise<boolean> =>
  (await lookAt(change, host)).state === 'todo';

/** The open changes as one message. */
export async function lookAtAll(changes: readonly Change<Executable>[], host: Host): Promise<Look> {
  const looks = await Promise.all(changes.map((change) => lookAt(change, host)));
  const open = looks.flatMap((look) => (look.state === 'todo' ? [look.message] : []));
  if (open.length === 0) return looks.find(({ message }) => message !== undefined) ?? done;
  return todo({ en: open.map(({ en }) => en).join('; '), zh: open.map(({ zh }) => zh).join('；') });
}

async function make<K extends Executable>(change: Change<K>, means: Means): Promise<void> {
  const resource: Resource<K> = resources[change.kind as K];
  if ((await resource.look?.(change, means.host))?.state === 'done') return;
  for (const thing of (await resource.prior?.(change, means.host)) ?? []) await means.host.remember(thing);
  await resource.set(change, means);
}

/**
 * Applies the changes in order and records each one's prior state first. Skips what the host already has. Throws
 * MusterError.
 */
export async function execute(changes: readonly Change<Executable>[], means: Means): Promise<void> {
  for (const change of changes) await make(change, means);
}
