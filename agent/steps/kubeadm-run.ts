import { MusterError } from '../../shared/errors.ts';
import type { Host, UnitResult } from '../host.ts';

/** Why a run of kubeadm failed: its own errors, and the kubelet's, where the true cause stands when kubeadm has only waited in vain. */
export async function kubeadmFailure(host: Host, verb: 'init' | 'join' | 'reset', { exitCode, tail }: UnitResult) {
  const own = tail.filter((line) => /\[ERROR|^error|failed|timed out/i.test(line));
  const said = [...(own.length > 0 ? own : tail).slice(-4), ...(await kubeletErrors(host))].join(' / ');
  const end = exitCode === null ? 'was ended before it was done' : `failed (exit code ${exitCode})`;
  return new MusterError(`kubeadm-${verb}-failed`, `kubeadm ${verb} ${end}: ${said}`, {
    remedy: 'muster cleans up and tries again; on this host: journalctl -u kubelet -n 50',
  });
}

/** klog marks errors with E and fatal ones with F. A kubelet that kubeadm has not configured yet complains of just that. */
async function kubeletErrors(host: Host): Promise<string[]> {
  const { stdout } = await host.run('journalctl', ['-u', 'kubelet', '-n', '100', '-o', 'cat', '--no-pager']);
  const errors = stdout
    .split('\n')
    .filter((line) => /^[EF]\d{4} /.test(line) && !line.includes('/var/lib/kubelet/config.yaml'));
  return errors.slice(-3).map((line) => `kubelet: ${line.slice(0, 300)}`);
}
