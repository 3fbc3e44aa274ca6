import { setTimeout as sleep } from 'node:timers/promises';
import { gatewayExec } from '../lab/hosts.ts';
import { on } from '../lab/install.ts';

/** Disconnects the host's network interface for some seconds. */
export async function cutNetwork(host: string, seconds: number): Promise<void> {
  const cable = (state: 'up' | 'down') => gatewayExec(['ip', 'link', 'set', `v-${host}`, state]);
  await cable('down');
  await sleep(seconds * 1000);
  await cable('up');
}

/** Drops packets from the host to a TCP port for some seconds: 7443 is the coordinator, 6443 the API server. */
export async function cutPort(host: string, port: 7443 | 6443, seconds: number): Promise<void> {
  const rule = ['OUTPUT', '-p', 'tcp', '--dport', String(port), '-j', 'DROP'];
  await on(host, 'iptables', '-I', ...rule);
  await sleep(seconds * 1000);
  await on(host, 'iptables', '-D', ...rule);
}
