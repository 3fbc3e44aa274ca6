import { expect, it } from 'vitest';
import { hierarchiesOf } from './cgroups.ts';

it('finds every v1 hierarchy once, joined controllers and read-only ones included', () => {
  const mountinfo = `31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
33 31 0:30 / /sys/fs/cgroup/memory ro,nosuid shared:12 - cgroup cgroup rw,memory
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
50 23 0:30 / /var/lib/elsewhere/memory rw - cgroup cgroup rw,memory`;
  expect(hierarchiesOf(mountinfo)).toEqual([
    { mountPoint: '/sys/fs/cgroup/cpu,cpuacct', type: 'cgroup', readOnly: false },
    { mountPoint: '/sys/fs/cgroup/memory', type: 'cgroup', readOnly: true },
    { mountPoint: '/sys/fs/cgroup/unified', type: 'cgroup2', readOnly: false },
  ]);
});

it('finds the one hierarchy of a machine with cgroup v2', () => {
  const mountinfo = '30 23 0:27 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate';
  expect(hierarchiesOf(mountinfo)).toEqual([{ mountPoint: '/sys/fs/cgroup', type: 'cgroup2', readOnly: false }]);
});
