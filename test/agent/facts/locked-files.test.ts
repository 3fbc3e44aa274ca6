import { expect, test } from 'vitest';
import { lockedFiles } from '../../../agent/facts/locked-files.ts';
import { changesOf } from '../../../agent/steps/declared.ts';
import { type FakeHostOptions, fakeHost } from '../fake-host.ts';
import { sampleAssignment, sampleFacts } from '../samples.ts';

const facts = sampleFacts();
const show = { systemctl: () => 'ActiveState=inactive\nUnitFileState=disabled\n' };

async function found(options: FakeHostOptions, runtime: 'docker' | 'containerd' = 'docker') {
  const assignment = sampleAssignment();
  assignment.settings.runtime = { ...assignment.settings.runtime, name: runtime, package: `${runtime}.io` };
  const host = fakeHost({ programs: show, ...options });
  const locked = await lockedFiles(host, assignment, (id) => changesOf(id, { assignment, facts }));
  expect(host.written).toEqual([]);
  return locked.map(({ path }) => path);
}

test('files that a step is going to change are found', async () => {
  const files = { '/etc/hosts': '127.0.0.1 localhost\n', '/etc/fstab': '/swap.img none swap sw 0 0\n' };
  const locks = {
    '/etc/hosts': 'immutable',
    '/etc/fstab': 'append-only',
    '/etc/docker/daemon.json': 'read-only',
  } as const;
  expect((await found({ files, locks })).sort()).toEqual(['/etc/docker/daemon.json', '/etc/fstab', '/etc/hosts']);
});

test('an immutable file that is as planned already, or that no step changes, is not reported', async () => {
  const files = { '/etc/fstab': '/dev/sda1 / ext4 defaults 0 1\n', '/etc/resolv.conf': '' };
  const locks = { '/etc/fstab': 'immutable', '/etc/resolv.conf': 'immutable', '/etc/passwd': 'immutable' } as const;
  expect(await found({ files, locks })).toEqual([]);
});

test('files that the packages’ scripts change are found before packages are installed', async () => {
  const locks = { '/etc/group': 'immutable', '/etc/gshadow': 'immutable' } as const;
  const files = { '/etc/group': 'root:x:0:\n', '/etc/gshadow': 'root:*::\n' };
  expect(await found({ files, locks })).toEqual(['/etc/group', '/etc/gshadow']);
  expect(await found({ files, locks }, 'containerd')).toEqual([]);
  const withGroup = { ...files, '/etc/group': 'docker:x:999:\n' };
  expect(await found({ files: withGroup, locks })).toEqual([]);
});
