import { refuses } from '../../plan-text.ts';

const kubernetes = { version: '1.30.2' };

refuses([
  [
    'an unknown component',
    { kubernetes: { ...kubernetes, components: { kubeletConfig: {} } } },
    'kubernetes.components.kubeletConfig: key-unknown',
  ],
  [
    'a field that the plan sets',
    {
      kubernetes: { ...kubernetes, components: { clusterConfiguration: { networking: { podSubnet: '1.0.0.0/8' } } } },
    },
    'kubernetes.components.clusterConfiguration.networking: field-set-by-plan',
  ],
  [
    'another cgroup driver',
    { kubernetes: { ...kubernetes, components: { kubeletConfiguration: { cgroupDriver: 'cgroupfs' } } } },
    'kubernetes.components.kubeletConfiguration.cgroupDriver: field-set-by-muster',
  ],
  [
    'an API version',
    { kubernetes: { ...kubernetes, components: { joinConfiguration: { apiVersion: 'x' } } } },
    'kubernetes.components.joinConfiguration.apiVersion: field-set-by-muster',
  ],
]);
