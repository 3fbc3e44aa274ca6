import { expect, it } from 'vitest';
import { resetNode } from '../../../agent/steps/reset.ts';
import { testContext, verbs } from './context.ts';

const volume = '/var/lib/kubelet/pods/x/volumes/own';

function joinedHost({ busy }: { busy: boolean }) {
  const context = testContext('kubeadm-join', {
    owned: true,
    files: {
      '/etc/kubernetes/kubelet.conf': '',
      '/proc/self/mounts': `/dev/sda / ext4 rw 0 0\n/dev/sdb ${volume} ext4 rw 0 0\n`,
    },
  });
  context.host.programs.systemctl = () => '';
  context.host.programs.kubeadm = () => void context.host.files.delete('/etc/kubernetes/kubelet.conf');
  context.host.programs.umount = () => {
    if (busy) return { exitCode: 32, stderr: 'target is busy' };
    context.host.files.set('/proc/self/mounts', { content: '/dev/sda / ext4 rw 0 0\n', mode: 0o444 });
    return '';
  };
  return context;
}

it('unmounts everything below the kubelet’s folder before kubeadm deletes there', async () => {
  const context = joinedHost({ busy: false });
  await resetNode(context);
  expect(verbs(context)).toEqual(['systemctl stop', 'umount --', 'kubeadm reset']);
});

it('deletes nothing when a mount cannot be unmounted, and the error names it', async () => {
  const context = joinedHost({ busy: true });
  await expect(resetNode(context)).rejects.toMatchObject({
    code: 'still-mounted',
    message: expect.stringContaining(volume),
    remedy: { en: expect.stringContaining(`umount ${volume}`) },
  });
  expect(verbs(context)).toEqual(['systemctl stop', 'umount --']);
});

it('resets a kubelet that still runs without its files', async () => {
  const context = testContext('kubeadm-join', { owned: true });
  context.host.programs.systemctl = ([verb]) => (verb === 'show' ? 'ActiveState=active\nUnitFileState=enabled\n' : '');
  context.host.programs.kubeadm = () => '';
  await resetNode(context);
  expect(verbs(context)).toEqual(['systemctl stop', 'kubeadm reset']);
});

it('leaves the network unchanged on a host that muster did not make a node', async () => {
  const context = testContext('kubeadm-join');
  await resetNode(context);
  expect(context.host.calls).toEqual([]);
});
