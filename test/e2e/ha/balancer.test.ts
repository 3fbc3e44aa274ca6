import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootHost, hostExec, killHost } from '../../lab/hosts.ts';
import { on } from '../../lab/install.ts';
import { readyCluster } from '../support/cluster.ts';
import { changePlan } from '../support/plan-change.ts';
import { allReady, timed } from '../support/recovery.ts';
import { until } from '../support/until.ts';
import { addressOf, apiAnswers, hostNames, masters, threeMasters, worker } from './cluster.ts';

/** Not a host's, and in the lab's subnet. */
const address = '192.168.0.200';
const say = (line: string) => process.stdout.write(`  ${line}\n`);

/**
 * Whether an API server answers at the virtual address, or that of `host` if asked for it, with a certificate that names
 * the virtual address.
 */
async function addressAnswers(host?: string): Promise<boolean> {
  const ca = '/etc/kubernetes/pki/ca.crt';
  const to = host === undefined ? [] : ['--connect-to', `${address}:6443:${addressOf(host)}:6443`];
  const { stdout } = await hostExec(worker, [
    ...['curl', '-s', '-m', '1', '--cacert', ca, ...to],
    `https://${address}:6443/readyz`,
  ]);
  return stdout === 'ok';
}

async function holders(among: readonly string[] = masters): Promise<string[]> {
  const holds = async (host: string) =>
    (await hostExec(host, ['ip', '-4', '-o', 'address', 'show', 'to', `${address}/32`])).stdout.includes(address);
  const found = await Promise.all(among.map(async (host) => ((await holds(host)) ? [host] : [])));
  return found.flat();
}

const isActive = async (host: string, unit: string) =>
  (await hostExec(host, ['systemctl', 'is-active', unit])).stdout.trim() === 'active';

let before: () => Promise<void>;
beforeAll(() => readyCluster(threeMasters()));
afterAll(async () => {
  await Promise.all(hostNames.map((name) => bootHost(name)));
});

describe('the proxy on each host', () => {
  it('is muster’s own unit; the package’s does not run', async () => {
    for (const host of hostNames) {
      expect(await isActive(host, 'muster-api-proxy'), host).toBe(true);
      expect(await isActive(host, 'haproxy'), host).toBe(false);
    }
  });

  it('works without the agent', async () => {
    await on(worker, 'systemctl', 'stop', 'muster-agent');
    try {
      await on(worker, 'systemctl', 'restart', 'muster-api-proxy');
      await until(() => apiAnswers(worker), { seconds: 20, what: 'the proxy to answer without the agent' });
    } finally {
      await on(worker, 'systemctl', 'start', 'muster-agent');
    }
  });

  it.each([
    ['stopped', 'systemctl stop muster-api-proxy'],
    [
      'with another configuration',
      'sed -i /server/d /etc/muster-api-proxy/haproxy.cfg; systemctl reload muster-api-proxy',
    ],
  ])('%s, it is corrected', async (_, command) => {
    await on(worker, 'sh', '-c', command);
    await until(() => apiAnswers(worker), { seconds: 60, what: 'the proxy to be corrected' });
    await allReady();
  });
});

describe('a virtual address', () => {
  it('is added to a running cluster, with its name in the certificates', async () => {
    before = await changePlan((plan) => Object.assign(plan, { loadBalancer: { keepalived: { address } } }));
    await timed('virtual address', () =>
      until(() => addressAnswers(), { seconds: 180, what: 'the virtual address to answer' }),
    );
    const isSettled = async () =>
      (await Promise.all(masters.map((host) => isActive(host, 'muster-keepalived')))).every(Boolean);
    await until(isSettled, { seconds: 120, what: 'keepalived on all masters' });
    // Each API server reads its new certificate within a minute.
    const isNamed = async () => (await Promise.all(masters.map((host) => addressAnswers(host)))).every(Boolean);
    await until(isNamed, { seconds: 90, what: 'the certificate of each master to name the address' });
    await allReady();
    expect(await holders()).toHaveLength(1);
  });

  it('moves within 10 s when its holder loses power, and stays where it is when that returns', async () => {
    const [holder = ''] = await holders();
    const since = Date.now();
    await killHost(holder);
    await until(() => addressAnswers(), { seconds: 30, every: 200, what: 'the address to move' });
    const seconds = (Date.now() - since) / 1000;
    say(`${holder} off: the address answers again after ${seconds.toFixed(1)} s`);
    expect(seconds).toBeLessThan(10);
    const [next] = await holders(masters.filter((name) => name !== holder));
    await bootHost(holder);
    await until(() => isActive(holder, 'muster-keepalived'), { seconds: 90, what: `keepalived on ${holder}` });
    await allReady();
    expect(await holders()).toEqual([next]);
  });

  it('moves when only the API server of its holder is gone', async () => {
    const [holder = ''] = await holders();
    const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
    await on(holder, 'mv', manifest, '/root/kube-apiserver.yaml');
    const moved = async () => {
      const [now = holder] = await holders();
      return now !== holder && (await addressAnswers());
    };
    await until(moved, { seconds: 60, every: 500, what: 'the address to move' });
    await on(holder, 'mv', '/root/kube-apiserver.yaml', manifest);
    await allReady();
  });

  it('is given up when the plan drops it', async () => {
    await before();
    const isGone = async () => (await holders()).length === 0;
    await until(isGone, { seconds: 120, what: 'the address to be given up' });
    for (const host of masters)
      await until(async () => !(await isActive(host, 'muster-keepalived')), {
        seconds: 60,
        what: `no keepalived on ${host}`,
      });
    await allReady();
  });
});
