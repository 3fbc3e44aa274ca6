import { describe, expect, it } from 'vitest';
import { leaveCluster } from '../../../agent/uninstall/leave.ts';
import { fakeHost } from '../fake-host.ts';

const volume = '/var/lib/kubelet/pods/1/volumes/data';
const mounts = `/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 ${volume} ext4 rw 0 0\n`;
const leave = (host: ReturnType<typeof fakeHost>, giveUpCluster = false) =>
  leaveCluster(host, { giveUpCluster, say: () => undefined });

function member(files: Record<string, string> = {}) {
  const host = fakeHost({ files: { '/etc/kubernetes/kubelet.conf': 'x', '/proc/self/mounts': mounts, ...files } });
  const drop = (path: string) => void host.files.delete(path);
  Object.assign(host.programs, {
    systemctl: () => '',
    umount: () => void host.files.set('/proc/self/mounts', { content: '/dev/sda1 / ext4 rw 0 0\n', mode: 0o444 }),
    kubeadm: () => drop('/etc/kubernetes/kubelet.conf'),
    rm: () => '',
  });
  return host;
}

describe('leaving the cluster', () => {
  it('stops the kubelet, unmounts its volumes and resets, in this order', async () => {
    const host = member({
      '/var/lib/kubelet/kubeadm-flags.env': 'ARGS="--container-runtime-endpoint=/run/x.sock --y"',
    });
    await leave(host);
    expect(host.lines().filter((line) => !/ show |-save$/.test(line))).toEqual([
      'systemctl stop kubelet',
      `umount -- ${volume}`,
      'kubeadm reset --force --cri-socket /run/x.sock --kubeconfig /nonexistent',
    ]);
  });

  it('stops the kubelet’s pod slices where systemd manages them', async () => {
    const host = member({ '/run/systemd/transient/kubepods.slice': '' });
    await leave(host);
    const lines = host.lines();
    expect(lines.indexOf('systemctl stop kubepods.slice')).toBeGreaterThan(
      lines.findIndex((line) => line.startsWith('kubeadm reset')),
    );
  });

  it('releases packets to services that were held for an incomplete join', async () => {
    const host = member({ '/run/muster-agent/service-packets-held': '10.96.0.0/12' });
    host.programs.iptables = () => '';
    await leave(host);
    expect(host.lines()).toContainEqual(expect.stringMatching(/^iptables -w -D OUTPUT -d 10.96.0.0\/12 /));
  });

  it('takes root’s copy of admin.conf away, and keeps a kubeconfig of another cluster', async () => {
    const root = '/root/.kube/config';
    const host = member({ '/etc/kubernetes/admin.conf': 'admin', [root]: 'admin' });
    await leave(host);
    expect(host.files.has(root)).toBe(false);
    const other = member({ '/etc/kubernetes/admin.conf': 'admin', [root]: 'another' });
    await leave(other);
    expect(other.files.has(root)).toBe(true);
  });

  it('of one of several control planes needs no consent once its member was removed, also after a power loss', async () => {
    const record = '/var/lib/muster-agent/created-cluster';
    const etcd = { mountPoint: '/', uuid: 'x', kind: 'ext4' };
    const host = member({
      [record]: JSON.stringify({ caSha256: 'a'.repeat(64), etcd }),
      '/var/lib/etcd/member': '',
    });
    const asked: boolean[] = [];
    const going = (isRemoved: boolean) =>
      leaveCluster(host, {
        giveUpCluster: false,
        isRemoved: async () => asked.push(isRemoved) > 0 && isRemoved,
        say: () => undefined,
      });
    await expect(going(false)).rejects.toMatchObject({ code: 'cluster-kept' });
    expect(host.lines().filter((line) => line.startsWith('kubeadm'))).toEqual([]);
    const { kubeadm } = host.programs;
    host.programs.kubeadm = () => ({ exitCode: 1, stderr: 'power loss' });
    await expect(going(true)).rejects.toMatchObject({ code: 'kubeadm-reset-failed' });
    Object.assign(host.programs, { kubeadm });
    await going(false);
    expect(asked).toEqual([false, true]);
    expect(host.files.has(record)).toBe(false);
  });

  it('deletes nothing while a volume cannot be unmounted', async () => {
    const host = member();
    host.programs.umount = () => ({ exitCode: 32, stderr: 'target is busy' });
    await expect(leave(host)).rejects.toMatchObject({
      code: 'still-mounted',
      message: expect.stringContaining(volume),
    });
    expect(host.lines().filter((line) => /^(kubeadm|rm) /.test(line))).toEqual([]);
  });

  it('keeps a cluster that this host holds unless giving it up is requested', async () => {
    const record = JSON.stringify({ caSha256: 'a'.repeat(64), etcd: { mountPoint: '/', uuid: null } });
    const own = { '/var/lib/muster-agent/created-cluster': record, '/var/lib/etcd/member/wal': '' };
    await expect(leave(member(own))).rejects.toMatchObject({
      code: 'cluster-kept',
      remedy: { en: expect.stringContaining('--give-up-cluster') },
    });
    const host = member(own);
    await leave(host, true);
    expect(host.lines()).toContain('rm -rf --one-file-system -- /var/lib/etcd/member');
  });

  it('resets nothing on a host that never joined', async () => {
    const host = fakeHost({ programs: { systemctl: () => '' } });
    await leave(host);
    expect(host.lines().filter((line) => !/ show |-save$/.test(line))).toEqual([]);
  });
});
