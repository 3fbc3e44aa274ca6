import type { Finding } from '../../../shared/protocol/finding.ts';
import { copyIn, type ExecResult, hostExec } from '../../lab/hosts.ts';
import { buildRelease } from '../../lab/release.ts';
import { shell, write } from '../support/induced.ts';

/** `muster-agent preflight` on a host that nobody has enrolled. */

/** Puts the agent there as the release has it, and starts nothing. */
export async function unpackAgent(host: string, plan: string): Promise<void> {
  await copyIn(host, await buildRelease(() => undefined), '/root/muster.tar.gz');
  await write(host, '/root/cluster.yaml', plan);
  await shell(
    host,
    `set -e
     mkdir -p /root/muster /root/agent /opt/muster/runtime
     tar -xzf /root/muster.tar.gz -C /root/muster --strip-components=1
     tar -xzf /root/muster/agent.tar.gz -C /root/agent
     tar -xzf /root/muster/runtime-*.tar.gz -C /opt/muster/runtime
     rm -r /root/muster /root/muster.tar.gz`,
  );
}

export async function runPreflight(host: string, ...flags: string[]): Promise<ExecResult> {
  return hostExec(host, ['/opt/muster/runtime/bin/node', '/root/agent/main.js', 'preflight', ...flags]);
}

/** The findings that are not ok, by id. */
export async function findingsBy(host: string): Promise<Map<string, Finding['level']>> {
  const { stdout } = await runPreflight(host, '--plan', '/root/cluster.yaml', '--json');
  return new Map((JSON.parse(stdout) as Finding[]).map(({ id, level }) => [id, level]));
}

/**
 * Shows this host another content of a file of the machine that all hosts share, until the program that corrects it is
 * called.
 */
const disguise = (path: string, content: string, program: string) => `
cat > /root/${program}.shown <<'SHOWN'
${content}
SHOWN
mount --bind /root/${program}.shown ${path}
printf '#!/bin/sh\\numount ${path}\\n' > /usr/local/sbin/${program}
chmod +x /usr/local/sbin/${program}`;

/** Swap on, the sysctls off, and a kernel module that is there but not loaded. */
export async function spoil(host: string): Promise<void> {
  await shell(
    host,
    `set -e
     sysctl -qw net.ipv4.ip_forward=0 net.bridge.bridge-nf-call-iptables=0
     mkdir -p /lib/modules/$(uname -r)
     echo 'kernel/fs/overlayfs/overlay.ko:' > /lib/modules/$(uname -r)/modules.dep
     ${disguise('/proc/swaps', 'Filename Type Size Used Priority\n/swapfile file 1048572 0 -2', 'swapoff')}
     ${disguise('/proc/filesystems', 'nodev\tproc\n\text4', 'modprobe')}`,
  );
}

export const unspoil = (host: string) =>
  shell(
    host,
    'rm -rf /usr/local/sbin/swapoff /usr/local/sbin/modprobe /lib/modules/$(uname -r) /root/agent /opt/muster',
  );
