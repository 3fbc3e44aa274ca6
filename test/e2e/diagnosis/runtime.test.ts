import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostExec } from '../../lab/hosts.ts';
import { on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { readyCluster } from '../support/cluster.ts';
import {
  breakJoins,
  brokenAt,
  causeShown,
  isReady,
  isResolved,
  pasteOn,
  preparedHost,
  runShown,
  shell,
} from '../support/induced.ts';

const host = 'node02';

/** Resolved by exactly the command that is shown. */
const mendedByCommand: readonly { id: string; title: string; script: string }[] = [
  {
    id: 'cri-disabled',
    title: 'containerd’s CRI plugin is disabled',
    script: `sed 's/^version = 2/version = 2\\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]/' /etc/containerd/config.toml > /etc/containerd/site.toml
      mkdir -p /etc/systemd/system/containerd.service.d
      printf '[Service]\\nExecStart=\\nExecStart=/usr/bin/containerd --config /etc/containerd/site.toml\\n' > /etc/systemd/system/containerd.service.d/site.conf
      systemctl daemon-reload; systemctl restart containerd`,
  },
  {
    id: 'cgroup-driver-mismatch',
    title: 'the kubelet’s cgroup driver is another than the runtime’s',
    // What the network plugin left there would let the node be Ready without a single pod.
    script: `rm -f /etc/cni/net.d/*; mkdir -p /etc/systemd/system/kubelet.service.d
      printf '[Service]\\nEnvironment=KUBELET_EXTRA_ARGS=--cgroup-driver=cgroupfs\\n' > /etc/systemd/system/kubelet.service.d/20-site.conf
      systemctl daemon-reload`,
  },
  {
    id: 'cni-config-broken',
    title: 'a network configuration of an earlier cluster is left over',
    script: `mkdir -p /etc/cni/net.d; echo '{"cniVersion":"0.4.0","name":"old","plugins":[{"type":"old"' > /etc/cni/net.d/00-old.conflist`,
  },
  {
    id: 'port-in-use',
    title: 'the kubelet’s port is in use',
    script:
      'systemctl stop kubelet; systemd-run --unit=squatter /opt/muster/runtime/bin/node -e "require(\'net\').createServer().listen(10250)"; sleep 1',
  },
];

describe('a worker whose kubelet or runtime can’t work', () => {
  beforeAll(async () => {
    await readyCluster(labPlan({ runtime: 'containerd', hosts: 3 }));
    await preparedHost(host);
  });

  it.each(mendedByCommand)('is shown why, and resolved by the command that is shown: $title', async ({
    id,
    script,
  }) => {
    const first = id === mendedByCommand[0]?.id;
    await breakJoins(host, [{ id, script }]);
    if (first) await pasteOn(host);
    else await on(host, 'kubeadm', 'reset', '--force');
    if (!first) await on(host, 'systemctl', 'restart', 'muster-agent');
    const diagnosis = await causeShown(host, id, await brokenAt(host, id));
    const ranAt = Date.now();
    await runShown(host, diagnosis);
    await isResolved(host, ranAt);
    await isReady(host);
    expect((await hostExec(host, ['ls', '/root/breaks'])).stdout).not.toContain('.sh');
  });

  afterAll(async () => {
    await shell(
      host,
      `rm -f /usr/local/bin/kubeadm /etc/systemd/system/containerd.service.d/site.conf /etc/systemd/system/kubelet.service.d/20-site.conf
       systemctl daemon-reload`,
    );
  });
});
