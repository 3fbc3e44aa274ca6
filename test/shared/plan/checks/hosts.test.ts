import { refuses } from '../plan-text.ts';

const master = { name: 'master01', address: '192.168.0.130', role: 'control-plane' };
const node = { name: 'node01', address: '192.168.0.131', role: 'worker' };

refuses([
  ['no control plane', { hosts: [node] }, 'hosts: no-control-plane'],
  [
    'two control planes',
    { hosts: [master, { ...node, role: 'control-plane' }] },
    'hosts[1].role: second-control-plane',
  ],
  ['a duplicate name', { hosts: [master, { ...node, name: 'master01' }] }, 'hosts[1].name: name-taken'],
  ['a duplicate address', { hosts: [master, { ...node, address: master.address }] }, 'hosts[1].address: address-taken'],
  [
    'a loopback address',
    { hosts: [master, { ...node, address: '127.0.0.1' }] },
    'hosts[1].address: address-unreachable',
  ],
  ['a host called localhost', { hosts: [master, { ...node, name: 'localhost' }] }, 'hosts[1].name: name-localhost'],
]);
