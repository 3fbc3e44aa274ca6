import { expect, test } from 'vitest';
import { changesOf } from '../../../agent/steps/declared.ts';
import { sampleAssignment, sampleFacts } from '../samples.ts';

/** The file of nameservers in the kubelet's flags; undefined: left to kubeadm. */
function resolvConfOf(upstreamFile: string, planned?: string): unknown {
  const assignment = sampleAssignment();
  if (planned !== undefined) {
    assignment.settings.kubernetes.components.kubeletConfiguration = { resolvConf: planned };
  }
  const facts = sampleFacts();
  facts.network = { ...facts.network, upstreamFile };
  const changes = changesOf('kubeadm-join', { assignment, facts });
  const [join] = changes.flatMap((change) => (change.kind === 'kubeadm' ? change.documents : []));
  const { kubeletExtraArgs } = join?.nodeRegistration as { kubeletExtraArgs: Record<string, string> };
  return kubeletExtraArgs['resolv-conf'];
}

test('each host’s kubelet gets the file of nameservers that exists on this host: case 10', () => {
  expect(resolvConfOf('/run/systemd/resolve/resolv.conf')).toBe('/run/systemd/resolve/resolv.conf');
  expect(resolvConfOf('')).toBe('/etc/resolv.conf');
});

test('the plan’s own resolvConf is left as it is', () => {
  expect(resolvConfOf('', '/etc/resolv.real')).toBeUndefined();
});
