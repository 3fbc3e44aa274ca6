import { expect, test } from 'vitest';
import { freshNetworkConfiguration } from '../../../agent/machine/pod-network.ts';
import { fakeHost } from '../fake-host.ts';

const path = '/etc/cni/net.d/10-flannel.conflist';
const now = new Date('2026-11-30T12:00:00Z');
const at = (ago: number) => now.getTime() / 1000 - ago;

/** Seconds ago: the kubelet's start and the file. */
function hostWith({ started, written, state = 'active' }: { started: number; written: number; state?: string }) {
  const uptime = 5000;
  const shown = `ActiveState=${state}\nActiveEnterTimestampMonotonic=${(uptime - started) * 1e6}\n`;
  return fakeHost({
    now,
    files: { '/proc/uptime': `${uptime}.00 9000.00\n` },
    programs: {
      systemctl: () => shown,
      find: (args) => (at(written) > Number(args.at(-1)?.slice(1)) ? `${path}\n` : ''),
    },
  });
}

test.each([
  ['after the kubelet started', { started: 8, written: 2 }, path],
  ['before the kubelet started', { started: 2, written: 8 }, null],
  ['so long ago that the kubelet has read it', { started: 60, written: 20 }, null],
  ['while no kubelet runs', { started: 8, written: 2, state: 'failed' }, null],
])('a network configuration that was written %s', async (_, found, expected) => {
  expect(await freshNetworkConfiguration(hostWith(found))).toBe(expected);
});
