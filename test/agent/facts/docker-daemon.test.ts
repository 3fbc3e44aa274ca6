import { expect, test } from 'vitest';
import { dockerDaemonFact } from '../../../agent/facts/docker-daemon.ts';
import { fakeHost } from '../fake-host.ts';

const unit = '/lib/systemd/system/docker.service';
const debian = {
  [unit]: '[Service]\nExecStart=/usr/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock $DOCKER_OPTS\n',
};
const flags = async (files: Record<string, string>) => (await dockerDaemonFact(fakeHost({ files }), false))?.flags;

test('assumes the packages’ command line until docker is installed', async () => {
  expect(await flags({})).toEqual([{ key: 'hosts', path: unit }]);
});

test('finds the flags of the unit and of the files that it reads, by their names in daemon.json', async () => {
  const options =
    'DOCKER_OPTS="--exec-opt native.cgroupdriver=systemd --registry-mirror=https://m -D"\n#DOCKER_OPTS="--dns x"\n';
  const found = await flags({ ...debian, '/etc/default/docker': options });
  expect(found).toEqual([
    { key: 'hosts', path: unit },
    { key: 'containerd', path: unit },
    ...['exec-opts', 'registry-mirrors', 'debug'].map((key) => ({ key, path: '/etc/default/docker' })),
  ]);
});

test('takes the command line from a drop-in that clears the unit’s', async () => {
  const path = '/etc/systemd/system/docker.service.d/10-hosts.conf';
  const text = '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd \\\n  --log-driver=journald\n';
  expect(await flags({ ...debian, [path]: text })).toEqual([{ key: 'log-driver', path }]);
  const environment = '/etc/systemd/system/docker.service.d/20-env.conf';
  expect(await flags({ ...debian, [environment]: '[Service]\nEnvironment="DOCKER_OPTS=--mtu 1400"\n' })).toContainEqual(
    {
      key: 'mtu',
      path: environment,
    },
  );
});

test('reports the keys and sockets of daemon.json; null if it is not valid JSON', async () => {
  const at = (content: string) => fakeHost({ files: { '/etc/docker/daemon.json': content } });
  expect(await dockerDaemonFact(at('{"hosts": ["fd://"], "debug": true}'), false)).toMatchObject({
    keys: ['hosts', 'debug'],
    hosts: ['fd://'],
  });
  expect(
    await dockerDaemonFact(at('{"log-driver": "gelf", "log-opts": {"tag": "a", "max-file": 3}}'), false),
  ).toMatchObject({
    logDriver: 'gelf',
    logOptions: { tag: true, 'max-file': false },
  });
  expect(await dockerDaemonFact(at('{'), false)).toBeNull();
});

test.each([
  [
    'a docker that validates',
    { exitCode: 1, stderr: 'unable to configure: directives invalid: log-drivr\n' },
    /log-drivr/,
  ],
  ['a valid file', { exitCode: 0, stderr: 'configuration OK\n' }, null],
  ['docker 20.10, which cannot validate', { exitCode: 1, stderr: 'unknown flag: --validate\n' }, null],
])('asks dockerd: %s', async (_, answer, rejected) => {
  const files = { '/etc/docker/daemon.json': '{}', '/usr/bin/dockerd': '' };
  const fact = await dockerDaemonFact(fakeHost({ files, programs: { dockerd: () => answer } }), false);
  expect(fact?.rejected).toEqual(rejected === null ? null : expect.stringMatching(rejected));
});

test('finds a parent of control groups that docker rejects with the systemd driver', async () => {
  const at = (parent: string) => fakeHost({ files: { '/etc/docker/daemon.json': `{"cgroup-parent": "${parent}"}` } });
  expect(await dockerDaemonFact(at('/docker'), false)).toMatchObject({ rejected: expect.stringContaining('/docker') });
  expect(await dockerDaemonFact(at('docker.slice'), false)).toMatchObject({ rejected: null });
});

test('another file than daemon.json in the unit is a flag', async () => {
  const keys = async (command: string) =>
    (await flags({ [unit]: `[Service]\nExecStart=${command}\n` }))?.map(({ key }) => key);
  expect(await keys('/usr/bin/dockerd --config-file=/data/daemon.json')).toEqual(['config-file']);
  expect(await keys('/usr/bin/dockerd --config-file /etc/docker/daemon.json')).toEqual([]);
});
