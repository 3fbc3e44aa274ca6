import { packagesOf } from '../../machine/packages/index.ts';
import type { Remedy } from './remedy.ts';

/** Programs that kubeadm looks for, and the packages that contain them. */
const packageOf: Readonly<Record<string, string>> = {
  conntrack: 'conntrack',
  iptables: 'iptables',
  ethtool: 'ethtool',
  socat: 'socat',
  ebtables: 'ebtables',
  crictl: 'cri-tools',
};

export const reinstallProgram: Remedy = async ({ host, values }) => {
  const name = packageOf[values.program ?? ''];
  if (name === undefined) return;
  const means = { say: () => undefined, sleep: (ms: number) => host.sleep(ms) };
  await (await packagesOf(host)).reinstall(name, means);
};
