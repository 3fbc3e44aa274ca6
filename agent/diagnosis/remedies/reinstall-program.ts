import { output } from '../../machine/program.ts';
import type { Remedy } from './remedy.ts';

/** Programs that kubeadm looks for, and the packages that have them. */
const packageOf: Readonly<Record<string, string>> = {
  conntrack: 'conntrack',
  iptables: 'iptables',
  ethtool: 'ethtool',
  socat: 'socat',
  ebtables: 'ebtables',
};

export const reinstallProgram: Remedy = async ({ host, values }) => {
  const name = packageOf[values.program ?? ''];
  if (name === undefined) return;
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 300_000 };
  await output(host, 'apt-get', ['install', '--reinstall', '--yes', '-o', 'DPkg::Lock::Timeout=60', name], options);
};
