import { setTimeout as sleep } from 'node:timers/promises';
import { gatewayExec } from '../lab/hosts.ts';
import { on } from '../lab/install.ts';

/** Takes the host's cable out for that long. */
export async function cutNetwork(host: string, seconds: number): Promise<void> {
  const cable = (state: 'up' | 'down') => gatewayExec(['ip', 'link', 'set', `v-${host}`, state]);
  await cable('down');
  await sleep(seconds * 1000);
  await cable('up');
}

/** Drops what the host sends to a TCP port for that long: 7443 is the coordinator’s, 6443 the API server’s. */
export async function cutPort(host: string, port: 7443 | 6443, seconds: number): Promise<void> {
  const rule = ['OUTPUT', '-p', 'tcp', '--dport', String(port), '-j', 'DROP'];
  await on(host, 'iptables', '-I', ...rule);
  await sleep(seconds * 1000);
  await on(host, 'iptables', '-D', ...rule);
}
