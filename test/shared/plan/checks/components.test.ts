import { refuses } from '../plan-text.ts';

const kubernetes = { version: '1.30.2' };

refuses([
  [
    'an unknown component',
    { kubernetes: { ...kubernetes, components: { kubeletConfig: {} } } },
    /kubeletConfig: there is no such key: did you mean `kubeletConfiguration`/,
  ],
  [
    'a field that the plan sets',
    {
      kubernetes: { ...kubernetes, components: { clusterConfiguration: { networking: { podSubnet: '1.0.0.0/8' } } } },
    },
    /clusterConfiguration\.networking: read a mapping; set `network\.podSubnet`/,
  ],
  [
    'another cgroup driver',
    { kubernetes: { ...kubernetes, components: { kubeletConfiguration: { cgroupDriver: 'cgroupfs' } } } },
    /kubeletConfiguration\.cgroupDriver: read "cgroupfs"/,
  ],
  [
    'an API version',
    { kubernetes: { ...kubernetes, components: { joinConfiguration: { apiVersion: 'x' } } } },
    /joinConfiguration\.apiVersion: read "x"; muster writes the version/,
  ],
]);
