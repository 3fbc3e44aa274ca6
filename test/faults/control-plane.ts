import { bootHost, killHost } from '../lab/hosts.ts';
import { clusterStatus, on } from '../lab/install.ts';
import type { Fault } from './fault.ts';
import { bootIdOf, mainPidOf, nodesSeen } from './observe.ts';

export async function allReady(): Promise<boolean> {
  const nodes = [...(await nodesSeen()).values()];
  return nodes.every(({ ready }) => ready) && (await clusterStatus()).hosts.every(({ phase }) => phase === 'ready');
}

/** Kills a service's main process (-9). Recovered when another runs and all hosts are Ready. */
function killed(unit: string): Fault['inflict'] {
  return async (host) => {
    const before = await mainPidOf(host, unit);
    await on(host, 'systemctl', 'kill', '--signal=KILL', unit);
    return async () => ![0, before].includes(await mainPidOf(host, unit)) && allReady();
  };
}

export const controlPlaneFaults: readonly Fault[] = [
  { id: 'coordinator killed', to: 'control-plane', weight: 4, inflict: killed('muster-coordinator.service') },
  { id: 'agent killed on the control plane', to: 'control-plane', weight: 3, inflict: killed('muster-agent.service') },
  {
    id: 'kubelet killed on the control plane',
    to: 'control-plane',
    weight: 1,
    inflict: killed('kubelet.service'),
  },
  {
    id: 'power cut of the control plane',
    to: 'control-plane',
    weight: 1,
    async inflict(host) {
      const before = await bootIdOf(host);
      await killHost(host);
      await bootHost(host);
      return async () => (await bootIdOf(host)) !== before && allReady();
    },
  },
];
