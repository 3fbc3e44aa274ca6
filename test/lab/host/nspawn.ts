import { enterCgroups } from '../machine/cgroups.ts';

/**
 * Becomes a host: enters the host's cgroups and then execs systemd-nspawn, which keeps the process id. A separate
 * program, because only an existing process can be moved into a cgroup.
 * Arguments: NAME, and the arguments of systemd-nspawn.
 */
const [name = '', ...args] = process.argv.slice(2);
enterCgroups(name, process.pid);
process.execve?.('/usr/bin/systemd-nspawn', ['systemd-nspawn', ...args], {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  // Otherwise /proc/sys is read-only in the host, and sysctls cannot be set.
  SYSTEMD_NSPAWN_API_VFS_WRITABLE: '1',
});
