import { describe, expect, test } from 'vitest';
import { failingContainerLogs } from '../../../agent/diagnosis/container-logs.ts';
import { type FakeProgram, fakeHost } from '../fake-host.ts';

const complaint = (container: string, pod: string) =>
  `E0412 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"${container}\\" with CrashLoopBackOff: \\"back-off 10s restarting failed container=${container} pod=${pod}\\""`;
const folder = '/var/log/pods/kube-system_etcd-master01_d108ba50/etcd';
const etcd = complaint('etcd', 'etcd-master01_kube-system(d108ba50)');

function hostWith(files: Record<string, string>) {
  const tail: FakeProgram = (args) => files[args.at(-1) ?? ''] ?? { exitCode: 1 };
  return fakeHost({ files, programs: { tail } });
}

describe('the logs of containers that keep exiting', () => {
  test('are those of the last two runs, oldest first, without the wrapping of containerd', async () => {
    const line = (text: string) => `2026-04-12T09:10:11.120044000Z stderr F ${text}\n`;
    const host = hostWith({
      [`${folder}/8.log`]: line('eight'),
      [`${folder}/9.log`]: line('nine'),
      [`${folder}/10.log`]: line('ten'),
      [`${folder}/10.log.20260412-091011`]: line('rotated'),
    });
    expect(await failingContainerLogs(host, ['I0412 fine', etcd, etcd])).toEqual(['nine', 'ten']);
  });

  test('are read as docker writes them', async () => {
    const host = hostWith({ [`${folder}/0.log`]: '{"log":"panic: \\"x\\"\\n","stream":"stderr","time":"2026"}\n' });
    expect(await failingContainerLogs(host, [etcd])).toEqual(['panic: "x"']);
  });

  test('have their secrets redacted', async () => {
    const host = hostWith({ [`${folder}/0.log`]: 'token abcdef.0123456789abcdef\n' });
    expect(String(await failingContainerLogs(host, [etcd]))).not.toContain('0123456789abcdef');
  });

  test('are not read of users’ pods', async () => {
    const host = hostWith({ '/var/log/pods/shop_web-0_8d0a/web/0.log': 'card 4111\n' });
    expect(await failingContainerLogs(host, [complaint('web', 'web-0_shop(8d0a)')])).toEqual([]);
    expect(host.lines()).toEqual([]);
  });
});
