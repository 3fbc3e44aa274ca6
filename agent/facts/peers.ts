import { connect } from 'node:net';
import { bindPort } from '../../shared/kubeadm/ports.ts';
import { externalEtcd } from '../../shared/plan/etcd.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';

type Peer = NonNullable<Facts['peers']>[number];

const kubeletPort = 10250;
/** Needed between control planes: clients of etcd, and its members. */
const etcdPorts = [2379, 2380];
/** Bounds the probes of one host: testing all pairs would amount to a port scan of a large cluster. */
const tried = 6;
const patience = 1000;

/**
 * Probes other hosts by opening and closing TCP connections. Every host probes the control planes; of the others, each
 * probes those that follow it in the plan, so that every host is covered.
 */
export async function peerFacts({ host: self, settings }: Assignment): Promise<Peer[]> {
  const at = settings.hosts.findIndex(({ name }) => name === self.name);
  const after = [...settings.hosts.slice(at + 1), ...settings.hosts.slice(0, Math.max(at, 0))];
  const controlPlanes = after.filter(({ role }) => role === 'control-plane').slice(0, tried);
  const others = after.filter(({ role }) => role !== 'control-plane').slice(0, tried);
  const apiPort = bindPort(settings);
  const isMember = self.role === 'control-plane' && externalEtcd(settings) === null;
  const ofControlPlane = [apiPort, kubeletPort, ...(isMember ? etcdPorts : [])];
  const targets = [
    ...controlPlanes.flatMap((peer) => ofControlPlane.map((port) => ({ ...peer, port }))),
    ...others.map((peer) => ({ ...peer, port: kubeletPort })),
  ];
  return Promise.all(
    targets.map(async ({ name, address, port }) => ({ host: name, port, state: await knock(address, port) })),
  );
}

export function knock(address: string, port: number): Promise<Peer['state']> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: patience });
    const settle = (state: Peer['state']) => {
      socket.destroy();
      resolve(state);
    };
    socket.once('connect', () => settle('open'));
    socket.once('timeout', () => settle('silent'));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'ECONNREFUSED') settle('closed');
      else settle(code === 'EHOSTUNREACH' || code === 'ENETUNREACH' ? 'no-route' : 'silent');
    });
  });
}
