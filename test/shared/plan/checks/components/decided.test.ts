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
  [
    'a cgroup driver for the kubelet, with an underscore',
    {
      kubernetes: {
        ...kubernetes,
        components: { joinConfiguration: { nodeRegistration: { kubeletExtraArgs: { cgroup_driver: 'cgroupfs' } } } },
      },
    },
    'kubernetes.components.joinConfiguration.nodeRegistration.kubeletExtraArgs.cgroup_driver: field-set-by-muster',
  ],
  [
    'another port of the API server',
    {
      kubernetes: { ...kubernetes, components: { initConfiguration: { localAPIEndpoint: { bindPort: 8443 } } } },
    },
    'kubernetes.components.initConfiguration.localAPIEndpoint: field-set-by-plan',
  ],
]);
