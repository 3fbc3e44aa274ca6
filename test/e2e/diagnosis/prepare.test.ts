import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { armoured } from '../../../agent/machine/packages/pgp-armour.ts';
import { hostFiles } from '../../../shared/steps/content/files.ts';
import { hostExec } from '../../lab/hosts.ts';
import { master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { readyCluster } from '../support/cluster.ts';
import {
  bareHost,
  causeShown,
  findingShown,
  isReady,
  packetRule,
  pasteOn,
  refuse,
  shell,
  write,
} from '../support/induced.ts';
import { until } from '../support/until.ts';
import { findingsBy, runPreflight, spoil, unpackAgent, unspoil } from './bare-preflight.ts';

const host = 'node02';
const plan = labPlan({ runtime: 'containerd', hosts: 3 });
const [webServer, registry] = [8080, 5000].map(refuse) as [string[], string[]];
const labRepository = parse(plan).kubernetes.packages.url as string;
/** As the tutorials call it: where it names no key, and muster's own does, apt refuses to work. */
const tutorials = '/etc/apt/sources.list.d/kubernetes.list';
const keyring = '/etc/apt/keyrings/muster-kubernetes.asc';

const holder = `use Fcntl;
open F, '+>>', $ARGV[0] or die $!;
my $lock = pack('ssx4qqi', F_WRLCK, 0, 0, 0, 0);
fcntl(F, F_SETLKW, $lock) or die $!;
open H, '>', $ARGV[1] or die $!;
close H;
sleep 900;
`;

/** Another program that holds a lock of apt's, as apt itself does. */
async function holdLock(unit: string, path: string): Promise<void> {
  const held = `/root/${unit}.held`;
  await write(host, '/root/hold.pl', holder);
  await on(host, 'systemd-run', '--quiet', `--unit=${unit}`, 'perl', '/root/hold.pl', path, held);
  // apt has it from time to time.
  await until(async () => (await hostExec(host, ['test', '-e', held])).exitCode === 0, {
    seconds: 120,
    every: 200,
    what: `${path} to be held`,
  });
}
const release = (unit: string) => on(host, 'systemctl', 'stop', unit);

/** What would go to the registry gets its answer from a registry that has nothing. */
const emptyRegistry = [
  'nat',
  '-p',
  'tcp',
  '-d',
  '192.168.0.1',
  '--dport',
  '5000',
  '-j',
  'DNAT',
  '--to',
  '127.0.0.1:5001',
];
const serveNothing = `require('http').createServer((q, r) => q.url === '/v2/' ? r.end('{}') : (r.writeHead(404, {'content-type': 'application/json'}),
  r.end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}'))).listen(5001)`;

const spoiled = ['swap-off', 'ip-forward', 'bridge-netfilter', 'kernel-modules'];
const withPlan = ['--plan', '/root/cluster.yaml'];
const levelsOf = (found: Awaited<ReturnType<typeof findingsBy>>) => spoiled.map((id) => found.get(id));

describe('muster-agent preflight on a host that is not enrolled', () => {
  beforeAll(async () => {
    await readyCluster(plan);
    await bareHost(host);
    await unpackAgent(host, plan);
  });

  it('looks at all that is local, and shows how long it took', async () => {
    const started = Date.now();
    const { exitCode, stdout } = await runPreflight(host, '--role', 'worker');
    const seconds = (Date.now() - started) / 1000;
    const load = (await readFile('/proc/loadavg', 'utf8')).split(' ')[0];
    process.stdout.write(`  ${stdout.trim().split('\n').at(-1)}: ${seconds.toFixed(1)} s, at a load of ${load}\n`);
    // The clock of a sandbox host is not its own, which can't be told.
    expect(exitCode).toBe(1);
  });

  it('changes nothing without --fix', async () => {
    await spoil(host);
    expect((await runPreflight(host, ...withPlan)).exitCode).toBe(1);
    expect(levelsOf(await findingsBy(host))).toEqual(spoiled.map(() => 'warning'));
    expect((await hostExec(host, ['ls', hostFiles.sysctls])).exitCode).not.toBe(0);
  });

  it('corrects with --fix what muster’s steps correct, and installs nothing', async () => {
    const { exitCode, stdout, stderr } = await runPreflight(host, '--fix', ...withPlan);
    expect(exitCode, stdout + stderr).toBe(1);
    expect(levelsOf(await findingsBy(host))).toEqual(spoiled.map(() => 'ok'));
    expect(await on(host, 'sysctl', '-n', 'net.ipv4.ip_forward')).toBe('1\n');
    await on(host, 'test', '-e', hostFiles.sysctls);
    expect((await hostExec(host, ['which', 'kubeadm'])).exitCode).not.toBe(0);
  });

  it('ends with 2 where a person has to act, and with 0 where it was asked for nothing', async () => {
    await shell(host, 'mkdir -p /etc/kubernetes/manifests; touch /etc/kubernetes/manifests/etcd.yaml');
    expect((await runPreflight(host, '--fix', ...withPlan)).exitCode).toBe(2);
    expect((await hostExec(host, ['ls', '/etc/kubernetes/manifests/etcd.yaml'])).exitCode).toBe(0);
    await on(host, 'rm', '-r', '/etc/kubernetes');
    expect((await runPreflight(host, '--list')).exitCode).toBe(0);
  });

  afterAll(() => unspoil(host));
});

/** Before one cause is taken away the next is put in place, so that the host meets each in turn. */
describe('a worker that can’t be prepared', () => {
  it('is shown a package revision that does not exist', async () => {
    await write(host, tutorials, `deb ${labRepository} kubernetes-xenial main\n`);
    await write(master, '/etc/muster/cluster.yaml', plan.replace('1.20.2', '1.20.2-99'));
    const brokenAt = Date.now();
    await pasteOn(host);
    await findingShown(host, 'package-version', brokenAt);
  });

  it('is shown that the package mirror is down, and continues once it is back', async () => {
    await packetRule(host, '-A', webServer);
    const brokenAt = Date.now();
    await write(master, '/etc/muster/cluster.yaml', plan);
    await causeShown(host, 'apt-mirror-unreachable', brokenAt);
  });

  it('is shown who holds the lock of the package lists', async () => {
    await holdLock('holds-lists', '/var/lib/apt/lists/lock');
    await holdLock('holds-dpkg', '/var/lib/dpkg/lock-frontend');
    const brokenAt = Date.now();
    await packetRule(host, '-D', webServer);
    await causeShown(host, 'apt-lock-held', brokenAt);
  });

  it('is shown that the repository’s key is wrong, and gets the right one automatically', async () => {
    const other = armoured(await readFile('/usr/share/keyrings/debian-archive-bookworm-stable.gpg'));
    await write(host, keyring, other ?? '');
    const brokenAt = Date.now();
    await release('holds-lists');
    await causeShown(host, 'repository-key-wrong', brokenAt);
  });

  it('is shown that another program holds dpkg’s lock, and continues automatically', async () => {
    await causeShown(host, 'apt-lock-held', Date.now() - 1000);
  });

  it('is shown that the disk is full, and empties its package cache automatically', async () => {
    const archives = '/var/cache/apt/archives';
    await shell(
      host,
      `mount -t tmpfs -o size=250m tmpfs ${archives} && mkdir ${archives}/partial && fallocate -l 245m ${archives}/old_1_amd64.deb`,
    );
    await packetRule(host, '-A', registry);
    const brokenAt = Date.now();
    await release('holds-dpkg');
    await causeShown(host, 'disk-full', brokenAt);
  });

  it('is shown that the registry does not answer', async () => {
    const brokenAt = Date.now();
    await causeShown(host, 'registry-unreachable', brokenAt, { seconds: 240 });
  });

  it('is shown that the registry lacks the images of its version, before it pulls one', async () => {
    await on(
      host,
      'systemd-run',
      '--quiet',
      '--unit=empty-registry',
      '/opt/muster/runtime/bin/node',
      '-e',
      serveNothing,
    );
    await shell(host, 'sysctl -w net.ipv4.conf.all.route_localnet=1');
    await packetRule(host, '-A', emptyRegistry);
    const brokenAt = Date.now();
    await packetRule(host, '-D', registry);
    await findingShown(host, 'registry-image', brokenAt);
  });

  it('is Ready once nothing is in its way any more, also with the tutorial’s own source of the packages', async () => {
    await packetRule(host, '-D', emptyRegistry);
    await release('empty-registry');
    await shell(host, 'umount /var/cache/apt/archives');
    await isReady(host);
    expect(await on(host, 'cat', tutorials)).toMatch(/^# muster: deb /);
  });
});
