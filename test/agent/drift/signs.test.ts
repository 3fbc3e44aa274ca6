import { describe, expect, it } from 'vitest';
import { signs } from '../../../agent/drift/signs.ts';
import { agentPaths } from '../../../shared/paths.ts';
import { type FakeHost, fakeHost } from '../fake-host.ts';

const wants = '/etc/systemd/system/multi-user.target.wants/kubelet.service';
const invocation = '/run/systemd/units/invocation:kubelet.service';
const record = (key: string) => `${agentPaths.prior}/${key}.json`;

function preparedHost(): FakeHost {
  return fakeHost({
    files: {
      '/etc/hosts': 'ours',
      '/proc/swaps': 'Filename\n',
      '/proc/sys/net/ipv4/ip_forward': '1\n',
      '/proc/sys/net/bridge/bridge-nf-call-iptables': '1\n',
      '/proc/filesystems': 'nodev\toverlay\n',
      '/proc/sys/kernel/hostname': 'node01\n',
      '/var/lib/dpkg/status': 'Status: hold ok installed',
      '/etc/kubernetes/kubelet.conf': 'x',
      [record('%2Fetc%2Fhosts')]: '{}',
      [record('unit:kubelet.service')]: '{}',
    },
    links: { [wants]: '/lib/systemd/system/kubelet.service', [invocation]: '34319afe87394e0e9a6b3874a1e0163b' },
  });
}

const changes: Record<string, (host: FakeHost) => void> = {
  'swap is activated': ({ files }) => void files.set('/proc/swaps', { content: 'Filename\n/swap.img file 1', mode: 0 }),
  'a sysctl is set': ({ files }) => void files.set('/proc/sys/net/ipv4/ip_forward', { content: '0\n', mode: 0 }),
  'a module is unloaded': ({ files }) => void files.delete('/proc/sys/net/bridge/bridge-nf-call-iptables'),
  'the host’s name changes': ({ files }) => void files.set('/proc/sys/kernel/hostname', { content: 'x', mode: 0 }),
  'a package is no longer held': ({ files }) =>
    void files.set('/var/lib/dpkg/status', { content: 'install ok', mode: 0 }),
  'a file that muster wrote changes': ({ files }) => void files.set('/etc/hosts', { content: 'theirs', mode: 0 }),
  'a file that muster wrote is removed': ({ files }) => void files.delete('/etc/hosts'),
  'the kubelet is disabled': ({ links }) => void links.delete(wants),
  'the kubelet is stopped': ({ links }) => void links.delete(invocation),
  'the kubelet is masked': ({ links }) => void links.set('/etc/systemd/system/kubelet.service', '/dev/null'),
  'the host is reset': ({ files }) => void files.delete('/etc/kubernetes/kubelet.conf'),
};

describe('the drift signs', () => {
  it.each(Object.entries(changes))('change when %s', async (_, change) => {
    const host = preparedHost();
    const before = await signs(host, agentPaths);
    expect(await signs(host, agentPaths)).toEqual(before);
    change(host);
    expect(await signs(host, agentPaths)).not.toEqual(before);
  });

  it('stay the same when a unit restarts', async () => {
    const host = preparedHost();
    const before = await signs(host, agentPaths);
    host.links.set(invocation, '566cc139924545768ddcf2e62f834364');
    expect(await signs(host, agentPaths)).toEqual(before);
  });

  it('run no program', async () => {
    const host = preparedHost();
    await signs(host, agentPaths);
    expect(host.calls).toEqual([]);
  });
});
