import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostExec } from '../../lab/hosts.ts';
import { kubectl, master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { readyCluster } from '../support/cluster.ts';
import {
  askFor,
  breakJoins,
  brokenAt,
  causeShown,
  isReady,
  pasteOn,
  preparedHost,
  shell,
  whenAsked,
  write,
} from '../support/induced.ts';

const host = 'node02';

/** Resolved by muster alone, one join after the other. */
const mendedByItself: readonly { id: string; title: string; script: string; elsewhere?: () => Promise<unknown> }[] = [
  {
    id: 'program-missing',
    title: 'conntrack is missing',
    script: 'mv /usr/sbin/conntrack /root/',
  },
  {
    id: 'ip-forward-off',
    title: 'another sysctl file turns IPv4 forwarding off',
    script: 'echo net.ipv4.ip_forward=0 > /etc/sysctl.d/zz-site.conf; sysctl -p /etc/sysctl.d/zz-site.conf',
  },
  {
    id: 'leftovers',
    title: 'manifests and etcd data are left over',
    script:
      'mkdir -p /etc/kubernetes/manifests /var/lib/etcd/member; echo "kind: Pod" > /etc/kubernetes/manifests/etcd.yaml; touch /etc/kubernetes/kubelet.conf',
  },
  {
    id: 'host-name-unresolved',
    title: 'the endpoint’s name does not resolve',
    script: 'sed -i /muster.internal/d /etc/hosts',
  },
  {
    id: 'join-token-invalid',
    title: 'the token is deleted between mint and join',
    script: askFor('help'),
    elsewhere: deleteTokens,
  },
  {
    id: 'node-exists',
    title: 'a Ready Node of its name is there already',
    script: askFor('help'),
    elsewhere: createReadyNode,
  },
  {
    id: 'ca-pin-mismatch',
    title: 'the CA’s hash is wrong',
    script: "sed -i -E 's/sha256:[0-9a-f]{8}/sha256:00000000/' /run/muster-agent/kubeadm-join.yaml",
  },
  {
    id: 'swap-on',
    title: 'swap is turned on',
    // /proc/swaps is the machine's own: the host sees another one, until its swapoff is called.
    script: `printf 'Filename Type Size Used Priority\\n/swapfile file 1048572 0 -2\\n' > /root/swaps; mount --bind /root/swaps /proc/swaps
      printf '#!/bin/sh\\numount /proc/swaps\\n' > /usr/local/sbin/swapoff; chmod +x /usr/local/sbin/swapoff`,
  },
];

async function deleteTokens(): Promise<void> {
  const secrets = (await kubectl('get', 'secrets', '-n', 'kube-system', '-o', 'name')).split('\n');
  for (const name of secrets.filter((one) => one.includes('bootstrap-token'))) {
    await kubectl('delete', '-n', 'kube-system', name);
  }
}

/** As of a machine that has the same name, or of this one a moment before it was reset. */
async function createReadyNode(): Promise<void> {
  const ready = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'made by a test' };
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: host } };
  await send('create', '/api/v1/nodes', node);
  await send('replace', `/api/v1/nodes/${host}/status`, { ...node, status: { conditions: [ready] } });
}

async function send(verb: 'create' | 'replace', path: string, object: object): Promise<void> {
  await write(master, '/root/object.json', JSON.stringify(object));
  await kubectl(verb, '--raw', path, '-f', '/root/object.json');
}

describe('a worker that can’t join', () => {
  beforeAll(async () => {
    await readyCluster(labPlan({ runtime: 'containerd', hosts: 3 }));
    await preparedHost(host);
    await breakJoins(host, mendedByItself);
    await pasteOn(host);
  });

  it.each(mendedByItself)('is shown why, and resolved automatically: $title', async ({ id, elsewhere }) => {
    if (elsewhere !== undefined) await whenAsked(host, 'help', elsewhere);
    await causeShown(host, id, await brokenAt(host, id));
  });

  it('is Ready in the end, with nothing left to diagnose', async () => {
    await isReady(host);
    expect((await hostExec(host, ['ls', '/root/breaks'])).stdout).not.toContain('.sh');
  });

  afterAll(async () => {
    await shell(host, 'rm -f /usr/local/bin/kubeadm /usr/local/sbin/swapoff /etc/sysctl.d/zz-site.conf');
    await on(host, 'systemctl', 'daemon-reload');
  });
});
