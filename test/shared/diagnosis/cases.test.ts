import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { diagnose } from '../../../shared/diagnosis/diagnose.ts';
import { evidenceFrom } from './log.ts';

/** The only failure shown for a case's log, and the values that its texts name. */
const cases: readonly [log: string, id: string, values?: Record<string, string>][] = [
  ['01-inotify-enospc/log', 'too-many-files'],
  ['02-cgroup-enospc/log', 'cgroups-exhausted', { cgroup: '/sys/fs/cgroup/memory/kubepods/besteffort/pod8d0a' }],
  ['09-bootstrap-kubeconfig/log', 'kubelet-credential-lost'],
  ['10-resolved-missing/log', 'resolv-conf-missing', { file: '/run/systemd/resolve/resolv.conf' }],
  ['11-registry-selfsigned-docker/log', 'registry-without-tls', { registry: 'harbor.corp.example' }],
  ['12-registry-selfsigned-token/log', 'registry-without-tls', { registry: 'harbor.corp.example' }],
  ['14-nodisk-pressure-event/log', 'control-plane-timeout', { container: 'etcd' }],
  ['14-nodisk-pressure-event/log-worker', 'api-unreachable', { api: 'demo.muster.internal:6443' }],
  ['16-user-pod-image-missing/log', 'network-plugin-missing'],
  ['16-user-pod-image-missing/log-api-down', 'api-unreachable'],
  ['18-feature-gate/log', 'kubelet-config-invalid', { what: 'unrecognized feature gate: TTLAfterFinished' }],
  [
    '20-v1beta4-extraargs/log',
    'kubeadm-config-invalid',
    { section: 'clusterConfiguration', field: 'apiServer.extraArgs' },
  ],
  ['21-docker-log-opt/log', 'runtime-config-broken', { file: '/etc/docker/daemon.json' }],
  ['22-docker-mirror-path/log', 'runtime-config-broken', { file: '/etc/docker/daemon.json' }],
  [
    '23-crd-too-long/log',
    'manifest-too-large',
    { object: 'CustomResourceDefinition "installations.operator.tigera.io"' },
  ],
  ['25-numcpu-lowered/log', 'host-too-small'],
  ['27-protect-kernel/log', 'kernel-parameters-differ', { parameter: 'vm/overcommit_memory', expected: '1' }],
  ['29-taints-duplicate/log', 'node-rejected', { field: 'metadata.taints[1]' }],
  ['50-pass-pause-redirect/log', 'sandbox-image-missing', { image: 'registry.k8s.io/pause:3.9' }],
  ['51-pass-network-plugin-flag/log', 'kubelet-flag-unknown', { flag: 'network-plugin' }],
  ['53-pass-dpkg-frontend/log', 'apt-lock-held'],
  ['54-pass-expired-after/log', 'clock-wrong'],
];

test.each(cases)('%s: %s', (log, id, values = {}) => {
  const found = diagnose(evidenceFrom(readFileSync(new URL(`../../cases/${log}.txt`, import.meta.url), 'utf8')));
  expect(found.map(({ failure }) => failure.id)).toEqual([id]);
  expect(found[0]?.signs.map((sign) => sign.values)).toContainEqual(expect.objectContaining(values));
});
