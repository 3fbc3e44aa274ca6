import { refuses } from '../plan-text.ts';

const master = { name: 'master01', address: '192.168.0.130', role: 'control-plane' };

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
]);
