import { execa } from 'execa';
import { gateway, type LabHost, labName as lab } from './layout.ts';

/**
 * The lab's private network. Its bridge is in its own namespace, so the machine's network is not touched, and packets
 * out of the lab are rejected at once, as on a site without internet access.
 */

const bridge = 'br0';

const ip = (...args: string[]) => execa('ip', args);
const ipMaybe = (...args: string[]) => execa('ip', args, { reject: false });

export const namespaceOf = (host: string) => `${lab}-${host}`;

/** Arguments of `ip` that run a command in the gateway's namespace. */
export const inLab = (argv: readonly string[]): string[] => ['netns', 'exec', lab, ...argv];

/** Whether the lab's network is complete. */
export async function networkStands(): Promise<boolean> {
  const [address, route] = await Promise.all([
    ipMaybe('-n', lab, 'addr', 'show', 'dev', bridge, 'up'),
    ipMaybe('-n', lab, 'route', 'show', 'type', 'unreachable'),
  ]);
  return address.stdout.includes(`${gateway}/24`) && route.stdout.includes('default');
}

export async function createNetwork(): Promise<void> {
  await removeNetwork();
  await ip('netns', 'add', lab);
  await ip('-n', lab, 'link', 'set', 'lo', 'up');
  await ip('-n', lab, 'link', 'add', bridge, 'type', 'bridge');
  await ip('-n', lab, 'addr', 'add', `${gateway}/24`, 'dev', bridge);
  await ip('-n', lab, 'link', 'set', bridge, 'up');
  await ip(...inLab(['sysctl', '-qw', 'net.ipv4.ip_forward=1']));
  await ip('-n', lab, 'route', 'add', 'unreachable', 'default');
}

/** Processes in the gateway's namespace, including unrecorded ones. */
export async function processesInLab(): Promise<number[]> {
  const { stdout } = await ipMaybe('netns', 'pids', lab);
  return stdout.split('\n').filter(Boolean).map(Number);
}

export async function removeNetwork(): Promise<void> {
  await ipMaybe('netns', 'del', lab);
}

/** Creates a host's namespace, interface and route to the gateway, replacing what an earlier run left. */
export async function connectHost({ name, address }: LabHost): Promise<void> {
  await disconnectHost(name);
  const namespace = namespaceOf(name);
  await ip('netns', 'add', namespace);
  await ip('-n', lab, 'link', 'add', `v-${name}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
  await ip('-n', lab, 'link', 'set', `v-${name}`, 'master', bridge, 'up');
  await ip('-n', namespace, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
  await ip('-n', namespace, 'link', 'set', 'eth0', 'up');
  await ip('-n', namespace, 'link', 'set', 'lo', 'up');
  await ip('-n', namespace, 'route', 'add', 'default', 'via', gateway);
}

export async function disconnectHost(name: string): Promise<void> {
  await ipMaybe('-n', lab, 'link', 'del', `v-${name}`);
  await ipMaybe('netns', 'del', namespaceOf(name));
}
