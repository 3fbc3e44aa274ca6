import { refuses } from '../plan-text.ts';

const master = { name: 'master01', address: '192.168.0.130', role: 'control-plane' };

refuses([
  [
    'a label value that YAML reads as a boolean',
    { hosts: [{ ...master, labels: { gpu: true } }] },
    /labels\.gpu: read "true"; text is needed: put the value in quotes/,
  ],
  [
    'a label key with a space',
    { hosts: [{ ...master, labels: { 'a b': 'x' } }] },
    /labels\["a b"\]: read "x"; a key is needed/,
  ],
  [
    'a label value that is too long',
    { hosts: [{ ...master, labels: { a: 'x'.repeat(64) } }] },
    /labels\.a: .*a value is needed.*at most 63/,
  ],
  [
    'a taint without an effect',
    { hosts: [{ ...master, taints: ['dedicated=gpu'] }] },
    /taints\[0\]: read "dedicated=gpu"; a taint is needed as key=value:Effect/,
  ],
  [
    'a taint with an unknown effect',
    { hosts: [{ ...master, taints: [{ key: 'a', effect: 'Never' }] }] },
    /taints\[0\]\.effect: read "Never"; one of NoSchedule/,
  ],
  [
    'a taint with a bad key',
    { hosts: [{ ...master, taints: ['-a:NoSchedule'] }] },
    /taints\[0\]: read "-a:NoSchedule"; a key is needed/,
  ],
]);
