import { refuses } from './plan-text.ts';

const master = { name: 'master01', address: '192.168.0.130', role: 'control-plane' };
const node = { name: 'node01', address: '192.168.0.131', role: 'worker' };

refuses([
  ['a cluster name that is not a DNS label', { cluster: 'De mo' }, /cluster: read "De mo"; a name is needed/],
  ['a missing cluster name', { cluster: null }, /cluster: read nothing; a name is needed/],
  [
    'an unknown key, with a suggestion',
    { kubernets: 1 },
    /kubernets: there is no such key: did you mean `kubernetes`\?/,
  ],
  [
    'an unknown key, with the allowed keys',
    { quux: 1 },
    /quux: there is no such key; here are allowed: cluster, kubernetes,/,
  ],
  ['a mapping where a list is needed', { hosts: { a: 1 } }, /hosts: read a mapping; a list of hosts is needed/],
  ['no hosts', { hosts: [] }, /hosts: read a list; at least one host is needed/],
  [
    'a host that is text',
    { hosts: [master, 'node01'] },
    /hosts\[1\]: read "node01"; a mapping with name, address and role/,
  ],
  [
    'an unknown role',
    { hosts: [master, { ...node, role: 'master' }] },
    /hosts\[1\]\.role: read "master"; control-plane or worker/,
  ],
  [
    'a malformed address',
    { hosts: [master, { ...node, address: '192.168.0.300' }] },
    /hosts\[1\]\.address: read "192\.168\.0\.300"; an IPv4 address/,
  ],
  [
    'a name in upper case',
    { hosts: [master, { ...node, name: 'Node01' }] },
    /hosts\[1\]\.name: read "Node01"; a name is needed: lower-case/,
  ],
  ['a port out of range', { coordinator: { port: 70_000 } }, /coordinator\.port: read "70000"; a port is needed/],
  [
    'a typo in a shorthand’s long form',
    { runtime: { name: 'containerd', mirors: [] } },
    /runtime\.mirors: there is no such key/,
  ],
]);
