import { refuses } from '../plan-text.ts';

const master = { name: 'master01', address: '192.168.0.130', role: 'control-plane' };
const worker = { name: 'node01', address: '192.168.0.131', role: 'worker' };

refuses([
  [
    'a label value that YAML reads as a boolean',
    { hosts: [{ ...master, labels: { gpu: true } }] },
    'hosts[0].labels.gpu: string-invalid',
  ],
  [
    'a label key with a space',
    { hosts: [{ ...master, labels: { 'a b': 'x' } }] },
    'hosts[0].labels["a b"]: label-key-invalid',
  ],
  [
    'a label value that is too long',
    { hosts: [{ ...master, labels: { a: 'x'.repeat(64) } }] },
    'hosts[0].labels.a: label-value-invalid',
  ],
  [
    'a taint without an effect',
    { hosts: [{ ...master, taints: ['dedicated=gpu'] }] },
    'hosts[0].taints[0]: taint-invalid',
  ],
  [
    'a taint with an unknown effect',
    { hosts: [{ ...master, taints: [{ key: 'a', effect: 'Never' }] }] },
    'hosts[0].taints[0].effect: taint-effect-invalid',
  ],
  [
    'a taint with a bad key',
    { hosts: [{ ...master, taints: ['-a:NoSchedule'] }] },
    'hosts[0].taints[0]: label-key-invalid',
  ],
  [
    'a label that the kubelet sets',
    { hosts: [master, { ...worker, labels: { 'kubernetes.io/hostname': 'other' } }] },
    'hosts[1].labels["kubernetes.io/hostname"]: label-of-kubelet',
  ],
  [
    'an architecture label',
    { hosts: [master, { ...worker, labels: { 'beta.kubernetes.io/arch': 'arm64' } }] },
    'hosts[1].labels["beta.kubernetes.io/arch"]: label-of-kubelet',
  ],
  [
    'the role of a control plane on a worker',
    { hosts: [master, { ...worker, labels: { 'node-role.kubernetes.io/control-plane': '' } }] },
    'hosts[1].labels["node-role.kubernetes.io/control-plane"]: label-of-role',
  ],
  [
    'an empty part in the prefix of a key',
    { hosts: [master, { ...worker, labels: { 'a..b/x': '1' } }] },
    'hosts[1].labels["a..b/x"]: label-key-invalid',
  ],
  [
    'a second taint of one key and effect, in another form',
    { hosts: [master, { ...worker, taints: ['a=1:NoExecute', 'a:NoSchedule', { key: 'a', effect: 'NoExecute' }] }] },
    'hosts[1].taints[2]: taint-duplicate',
  ],
  [
    'a taint that the node controller manages',
    { hosts: [master, { ...worker, taints: ['node.kubernetes.io/not-ready:NoSchedule'] }] },
    'hosts[1].taints[0]: taint-of-kubernetes',
  ],
]);
