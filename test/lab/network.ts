import { execa } from 'execa';
import { gateway, type LabHost, labName as lab } from './layout.ts';

/**
 * The lab's private network. Its bridge stands in a namespace of its own, so nothing of the machine's network is touched, and
 * what would leave the lab is refused at once, as on a site without a way out.
 */

const bridge = 'br0';

const ip = (...args: string[]) => execa('ip', args);
const ipMaybe = (...args: string[]) => execa('ip', args, { reject: false });

export const namespaceOf = (host: string) => `${lab}-${host}`;

/** The arguments of `ip` that run a command where the gateway is. */
export const inLab = (argv: readonly string[]): string[] => ['netns', 'exec', lab, ...argv];

/** Whether the lab's network stands in full. */
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

/** The processes that stand on the bridge, those that no record knows of included. */
export async function processesInLab(): Promise<number[]> {
  const { stdout } = await ipMaybe('netns', 'pids', lab);
  return stdout.split('\n').filter(Boolean).map(Number);
}

export async function removeNetwork(): Promise<void> {
  await ipMaybe('netns', 'del', lab);
}

/** Gives a host its namespace, its interface and its way to the gateway; what an earlier run left of them goes first. */
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
