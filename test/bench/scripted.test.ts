import { expect, it } from 'vitest';
import { joinCommand } from './scripted.ts';

it('reads the join command of init’s output, which goes over two lines', () => {
  const printed = `Then you can join any number of worker nodes:

kubeadm join 192.168.0.130:6443 --token abcdef.0123456789abcdef \\
    --discovery-token-ca-cert-hash sha256:12ab 
`;
  const words = ['--token', 'abcdef.0123456789abcdef', '--discovery-token-ca-cert-hash', 'sha256:12ab'];
  expect(joinCommand(printed)).toEqual(['kubeadm', 'join', '192.168.0.130:6443', ...words]);
  expect(() => joinCommand('error')).toThrow('no join command');
});
