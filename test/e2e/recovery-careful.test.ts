import { afterEach, beforeAll, expect, it } from 'vitest';
import { cutNetwork } from '../faults/network.ts';
import { journalOf, nodesSeen } from '../faults/observe.ts';
import { bootHost, hostExec, wipeHost } from '../lab/hosts.ts';
import { kubectl, master, on, oneLiner, paste } from '../lab/install.ts';
import { changePlan } from './plan-change.ts';
import { allReady, standing, statusOf, timed } from './recovery.ts';
import { until } from './support.ts';

beforeAll(standing);
afterEach(() => allReady());

const stepOf = async (host: string, id: string) => (await statusOf(host)).steps.find((step) => step.id === id);

it('a kubeadm reset that a person is still running is waited for', async () => {
  // Without --force it asks, and goes on when it is answered.
  await on('node01', 'mkfifo', '/root/answer');
  await on(
    'node01',
    'systemd-run',
    '--quiet',
    '--unit=person',
    '--property=StandardInput=file:/root/answer',
    'kubeadm',
    'reset',
  );
  await on('node01', 'systemd-run', '--quiet', '--unit=hold', 'sh', '-c', 'exec 9<>/root/answer; sleep 600');
  await on('node01', 'rm', '/etc/kubernetes/kubelet.conf');
  await until(
    async () => /somebody runs `kubeadm reset`/.test((await stepOf('node01', 'kubeadm-join'))?.message ?? ''),
    {
      seconds: 60,
      what: 'the person at work to be seen',
    },
  );
  const before = (await journalOf('node01'))['kubeadm-join']?.attempts;
  await new Promise((resolve) => setTimeout(resolve, 5000));
  expect((await journalOf('node01'))['kubeadm-join']?.attempts).toBe(before);
  await on('node01', 'sh', '-c', 'echo y > /root/answer');
  await timed('after a reset that was waited for', () => allReady());
  await on('node01', 'systemctl', 'stop', 'hold');
  await on('node01', 'rm', '-f', '/root/answer');
});

it('with a mount below the kubelet’s folder that is in use nothing is deleted; once it is free the host joins', async () => {
  const own = '/var/lib/kubelet/own';
  await on('node02', 'mkdir', '-p', '/srv/own', own);
  await on('node02', 'sh', '-c', 'echo precious > /srv/own/data');
  await on('node02', 'mount', '--bind', '/srv/own', own);
  await on('node02', 'systemd-run', '--quiet', '--unit=user', `--property=WorkingDirectory=${own}`, 'sleep', '600');
  await on('node02', 'rm', '-rf', '/etc/kubernetes');
  await until(async () => (await stepOf('node02', 'kubeadm-join'))?.state === 'failed', {
    seconds: 90,
    what: 'the reset to stop with an error',
  });
  expect((await stepOf('node02', 'kubeadm-join'))?.message).toContain(`${own} is still mounted`);
  expect((await on('node02', 'cat', '/srv/own/data')).trim()).toBe('precious');
  await on('node02', 'systemctl', 'stop', 'user');
  await timed('after the mount was free', () => allReady());
  expect((await on('node02', 'cat', '/srv/own/data')).trim()).toBe('precious');
});

it('a network that is cut for half a minute changes nothing: nothing is done twice', async () => {
  const attempts = async () =>
    Object.entries(await journalOf('node01')).map(([id, entry]) => `${id} ${entry?.attempts}`);
  const [before, uid] = [await attempts(), (await nodesSeen()).get('node01')?.uid];
  await cutNetwork('node01', 30);
  await timed('after 30 s without a network', () => allReady());
  expect(await attempts()).toEqual(before);
  expect((await nodesSeen()).get('node01')?.uid).toBe(uid);
});

it('a worker with another address is told so with the command; once the plan has it, it joins anew', async () => {
  const move = async (from: string, to: string) => {
    await on('node02', 'ip', 'addr', 'del', `${from}/24`, 'dev', 'eth0');
    await on('node02', 'ip', 'addr', 'add', `${to}/24`, 'dev', 'eth0');
    await on('node02', 'ip', 'route', 'replace', 'default', 'via', '192.168.0.1');
  };
  const address = () =>
    kubectl('get', 'node', 'node02', '-o', 'jsonpath={.status.addresses[?(@.type=="InternalIP")].address}');
  const isAt = (wanted: string) => async () =>
    (await address()) === wanted && (await statusOf('node02')).phase === 'ready';
  const [planned, other] = ['192.168.0.132', '192.168.0.142'];

  await move(planned, other);
  await until(
    async () =>
      (await statusOf('node02')).findings.some(({ id, level }) => id === 'planned-address' && level === 'error'),
    {
      seconds: 120,
      what: 'the finding',
    },
  );
  const restore = await changePlan(({ hosts }) => {
    for (const host of hosts) if (host.name === 'node02') host.address = other;
  });
  await timed('after the plan followed the address', () =>
    until(isAt(other), { seconds: 240, what: `node02 at ${other}` }),
  );
  await move(other, planned);
  await restore();
  await until(isAt(planned), { seconds: 240, what: `node02 at ${planned}` });
});

it('a new disk needs a new token and nothing else, and no other host is touched by it', async () => {
  const others = [master, 'node01'];
  const before = await Promise.all(others.map(traces));
  await wipeHost('node02');
  await bootHost('node02');
  expect((await paste('node02', await oneLiner('--workers'))).exitCode, 'a workers’ token does not let it in').not.toBe(
    0,
  );
  const answer = await paste('node02', await oneLiner('node02'));
  expect(answer.exitCode, answer.stdout + answer.stderr).toBe(0);
  await timed('on a new disk', () =>
    until(async () => (await statusOf('node02')).phase === 'ready', { seconds: 240, what: 'node02 to be Ready' }),
  );
  expect(await Promise.all(others.map(traces))).toEqual(before);
});

/** What would show that something was changed on a host: files of the system, packages, and since when its services run. */
async function traces(host: string): Promise<string> {
  const files = ['find', '/etc', '/usr', '/opt', '/var/lib/dpkg', '-xdev', '-type', 'f', '-printf', '%p %T@\\n'];
  const units = ['muster-agent', 'kubelet', 'containerd'];
  const [listed, started] = await Promise.all([
    on(host, ...files),
    on(host, 'systemctl', 'show', '-p', 'Id', '-p', 'ActiveEnterTimestamp', ...units),
  ]);
  expect((await hostExec(host, ['true'])).exitCode).toBe(0);
  return `${listed.split('\n').sort().join('\n')}\n${started}`;
}
