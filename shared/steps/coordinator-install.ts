import { coordinatorPaths } from '../paths.ts';
import { plannedControlPlanes } from '../plan/api-proxy.ts';
import { defineStep } from './definition.ts';

export const coordinatorInstall = defineStep({
  id: 'coordinator-install',
  title: { en: 'Install a coordinator beside the others', zh: '安装与其他协调器并存的协调器' },
  activity: { en: 'installing a coordinator', zh: '安装协调器' },
  bootstrap: 'control-plane',
  part: 'ready',
  needs: ['node-ready'],
  long: true,
  installs: true,
  changes({ settings }) {
    if (plannedControlPlanes(settings).length < 2) return [];
    return [
      { kind: 'coordinator', unit: coordinatorPaths.unit, state: coordinatorPaths.state, plan: coordinatorPaths.plan },
    ];
  },
});
