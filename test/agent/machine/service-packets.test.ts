import { describe, expect, it } from 'vitest';
import { holdServicePackets, releaseServicePackets } from '../../../agent/machine/service-packets.ts';
import { fakeHost } from '../fake-host.ts';

/** A host whose firewall has the rules that iptables put into it. */
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

describe('packets to services, before kube-proxy is there', () => {
  it('are dropped on their way out, and by one rule however often that is asked for', async () => {
    const { host, rules } = firewalled();
    await holdServicePackets(host, '10.96.0.0/12');
    await holdServicePackets(host, '10.96.0.0/12');
    expect(rules).toEqual(['OUTPUT -d 10.96.0.0/12 -m comment --comment muster -j DROP']);
  });

  it('are let go by a later agent, of the range that was held', async () => {
    const { host, rules } = firewalled();
    await holdServicePackets(host, '10.97.0.0/16');
    await releaseServicePackets(host);
    expect(rules).toEqual([]);
    expect([...host.files.keys()]).toEqual([]);
  });

  it('cost no look at the firewall where none are held', async () => {
    const { host } = firewalled();
    await releaseServicePackets(host);
    expect(host.lines()).toEqual([]);
  });

  it('are let go also after a boot or by hand, with which the rule went', async () => {
    const { host, rules } = firewalled();
    await holdServicePackets(host, '10.96.0.0/12');
    rules.length = 0;
    await releaseServicePackets(host);
    expect([...host.files.keys()]).toEqual([]);
  });

  it('go on as they did on a host without iptables', async () => {
    const host = fakeHost();
    await holdServicePackets(host, '10.96.0.0/12');
    expect([...host.files.keys()]).toEqual([]);
  });
});
