import { beforeAll, describe, expect, it } from 'vitest';
import { waitUntilReady } from '../../lab/bring-up.ts';
import { bootHost, hostExec, wipeHost } from '../../lab/hosts.ts';
import { kubectl, on, oneLiner, paste } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { readyCluster } from '../support/cluster.ts';
import { until } from '../support/until.ts';
import { differentPaths, type HostSnapshot, snapshot } from './host-snapshot.ts';

const host = 'node02';
const say = (line: string) => process.stdout.write(`  ${line}\n`);

async function comesUp(): Promise<void> {
  const { exitCode, stdout, stderr } = await paste(host, await oneLiner(host));
  expect(exitCode, stdout + stderr).toBe(0);
  const started = Date.now();
  // The cluster's other nodes are Ready all the time, and this one may still count as it was.
  await until(async () => (await hostExec(host, ['test', '-e', '/etc/kubernetes/kubelet.conf'])).exitCode === 0, {
    seconds: 180,
    what: `${host} to join`,
  });
  await waitUntilReady({ seconds: 240, show: false });
  say(`${host} is Ready ${((Date.now() - started) / 1000).toFixed(0)} s after its install command`);
}

async function uninstalled(...flags: string[]): Promise<string> {
  const started = Date.now();
  const { exitCode, stdout, stderr } = await hostExec(host, ['muster-agent', 'uninstall', '--yes', ...flags]);
  say(`muster-agent uninstall ${flags.join(' ')}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  expect(exitCode, stdout + stderr).toBe(0);
  await kubectl('delete', 'node', host);
  return stdout;
}

/** What is listed below a heading of the output. */
function listed(output: string, heading: string): string[] {
  const lines = output.split('\n');
  const start = lines.findIndex((line) => line.startsWith(heading));
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !line.startsWith('  '));
  return rest.slice(0, end < 0 ? undefined : end).map((line) => line.trim());
}

describe('a worker that muster is taken off', () => {
  let bare: HostSnapshot;

  beforeAll(async () => {
    await readyCluster(labPlan({ runtime: 'containerd', hosts: 3 }));
    await wipeHost(host);
    await bootHost(host);
    await kubectl('delete', 'node', host, '--ignore-not-found');
    bare = await snapshot(host);
    await comesUp();
  });

  it('is byte for byte what it was before once its packages are purged', async () => {
    const output = await uninstalled('--purge');
    const after = await snapshot(host);
    const named = listed(output, 'Paths');
    say(`stays after --purge: ${named.join(', ') || 'nothing'}`);
    expect(differentPaths(bare, after).filter((path) => !named.includes(path))).toEqual([]);
    expect({ ...after, etc: null }).toEqual({ ...bare, etc: null });
  });

  it('joins again as a bare host does', comesUp);

  it('is what it was before but for its packages, which are named, and keeps what the operator changed', async () => {
    await on(host, 'sh', '-c', 'echo "192.168.0.77 printer" >>/etc/hosts');
    const output = await uninstalled();
    const after = await snapshot(host);
    const named = listed(output, 'Paths');
    expect(listed(output, 'Changed since')).toEqual(['/etc/hosts']);
    expect(differentPaths(bare, after).filter((path) => !named.includes(path))).toEqual(['/etc/hosts']);
    expect(await on(host, 'cat', '/etc/hosts')).toContain('192.168.0.77 printer');
    expect(after.sysctls).toEqual(bare.sysctls);
    expect(after.holds).toEqual(bare.holds);
    expect(after.hostname).toBe(bare.hostname);
    expect(after.units.filter((unit) => / enabled/.test(unit))).toEqual(
      bare.units.filter((unit) => / enabled/.test(unit)),
    );
    const packages = listed(output, 'Packages');
    expect(packages).toEqual(expect.arrayContaining(['containerd', 'kubeadm', 'kubelet', 'kubectl']));
    expect((await hostExec(host, ['ls', '/opt/muster', '/etc/muster-agent'])).exitCode).not.toBe(0);
    say(`${named.length} paths and ${packages.length} packages stay, and are named`);
  });

  it('joins again by a new install command', async () => {
    await on(host, 'sed', '-i', '/printer/d; /^# muster: begin/,/^# muster: end/d', '/etc/hosts');
    await on(host, 'rm', '-rf', '/var/lib/muster-agent');
    await comesUp();
  });
});
