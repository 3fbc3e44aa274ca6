import { describe, expect, it } from 'vitest';
import { holdServicePackets, releaseServicePackets } from '../../../agent/machine/service-packets.ts';
import { fakeHost } from '../fake-host.ts';

/** A host whose firewall contains the rules that iptables inserts. */
function firewalled() {
  const rules: string[] = [];
  const host = fakeHost();
  host.programs.iptables = ([, change, ...rule]) => {
    const text = rule.join(' ');
    if (change === '-I') rules.unshift(text);
    else if (rules.includes(text)) rules.splice(rules.indexOf(text), 1);
    else return { exitCode: 1, stderr: 'Bad rule' };
    return '';
  };
  return { host, rules };
}

describe('packets to services before kube-proxy runs', () => {
  it('are dropped on output, by a single rule however often it is requested', async () => {
    const { host, rules } = firewalled();
    await holdServicePackets(host, '10.96.0.0/12');
    await holdServicePackets(host, '10.96.0.0/12');
    expect(rules).toEqual(['OUTPUT -d 10.96.0.0/12 -m comment --comment muster -j DROP']);
  });

  it('are released by a later agent, for the range that was held', async () => {
    const { host, rules } = firewalled();
    await holdServicePackets(host, '10.97.0.0/16');
    await releaseServicePackets(host);
    expect(rules).toEqual([]);
    expect([...host.files.keys()]).toEqual([]);
  });

  it('need no query of the firewall when none are held', async () => {
    const { host } = firewalled();
    await releaseServicePackets(host);
    expect(host.lines()).toEqual([]);
  });

  it('are released after a boot or a manual deletion has removed the rule', async () => {
    const { host, rules } = firewalled();
    await holdServicePackets(host, '10.96.0.0/12');
    rules.length = 0;
    await releaseServicePackets(host);
    expect([...host.files.keys()]).toEqual([]);
  });

  it('are not held on a host without iptables', async () => {
    const host = fakeHost();
    await holdServicePackets(host, '10.96.0.0/12');
    expect([...host.files.keys()]).toEqual([]);
  });
});
