import { refuses } from '../plan-text.ts';

const master = { name: 'master01', address: '192.168.0.130', role: 'control-plane' };
const node = { name: 'node01', address: '192.168.0.131', role: 'worker' };

refuses([
  ['no control plane', { hosts: [node] }, /hosts: read a list; one host with `role: control-plane`/],
  [
    'two control planes',
    { hosts: [master, { ...node, role: 'control-plane' }] },
    /hosts\[1\]\.role: .*this release sets up one control plane/,
  ],
  [
    'a duplicate name',
    { hosts: [master, { ...node, name: 'master01' }] },
    /hosts\[1\]\.name: read "master01"; hosts\[0\] has this name already/,
  ],
  [
    'a duplicate address',
    { hosts: [master, { ...node, address: master.address }] },
    /hosts\[1\]\.address: .*hosts\[0\] has this address already/,
  ],
  [
    'a loopback address',
    { hosts: [master, { ...node, address: '127.0.0.1' }] },
    /hosts\[1\]\.address: read "127\.0\.0\.1"; the address at which/,
  ],
  [
    'a host called localhost',
    { hosts: [master, { ...node, name: 'localhost' }] },
    /hosts\[1\]\.name: read "localhost"/,
  ],
]);
