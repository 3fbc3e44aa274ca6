import { expect, it } from 'vitest';
import { certificateKey, joinCommand } from './commands.ts';

it('reads the join command of init’s output, which goes over two lines', () => {
  const printed = `Then you can join any number of worker nodes:

kubeadm join 192.168.0.130:6443 --token abcdef.0123456789abcdef \\
    --discovery-token-ca-cert-hash sha256:12ab 
`;
  const words = ['--token', 'abcdef.0123456789abcdef', '--discovery-token-ca-cert-hash', 'sha256:12ab'];
  expect(joinCommand(printed)).toEqual(['kubeadm', 'join', '192.168.0.130:6443', ...words]);
  expect(() => joinCommand('error')).toThrow('no join command');
});

it('reads the workers’ join command and the key of the uploaded certificates of a control plane for several masters', () => {
  const hash = `sha256:${'12'.repeat(32)}`;
  const key = 'ab'.repeat(32);
  const printed = `You can now join any number of the control-plane node running the following command on each as root:

  kubeadm join lab.internal:6443 --token abcdef.0123456789abcdef \\
    --discovery-token-ca-cert-hash ${hash} \\
    --control-plane --certificate-key ${key}

Then you can join any number of worker nodes by running the following on each as root:

kubeadm join lab.internal:6443 --token abcdef.0123456789abcdef \\
    --discovery-token-ca-cert-hash ${hash} 
`;
  expect(certificateKey(printed)).toBe(key);
  expect(joinCommand(printed)).toEqual([
    ...['kubeadm', 'join', 'lab.internal:6443', '--token', 'abcdef.0123456789abcdef'],
    ...['--discovery-token-ca-cert-hash', hash],
  ]);
  expect(() => certificateKey('error')).toThrow('no certificate key');
});
