import { enterCgroups } from '../cgroups.ts';

/**
 * Becomes a host: enters the host's cgroups and then turns into systemd-nspawn, which keeps this process's id. A program of its
 * own, because a process can't be put into a cgroup before it exists.
 * Arguments: NAME, and the arguments of systemd-nspawn.
 */
const [name = '', ...args] = process.argv.slice(2);
enterCgroups(name, process.pid);
process.execve?.('/usr/bin/systemd-nspawn', ['systemd-nspawn', ...args], {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  // Otherwise /proc/sys is read-only in the host and no sysctl can be set.
  SYSTEMD_NSPAWN_API_VFS_WRITABLE: '1',
});
