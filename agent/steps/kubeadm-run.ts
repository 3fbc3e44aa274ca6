import { MusterError } from '../../shared/errors/errors.ts';
import type { UnitResult } from '../host/host.ts';

/** What a run of kubeadm that failed said itself; where the true cause stands when it has only waited in vain is the diagnosis' to find. */
export function kubeadmFailure(verb: 'init' | 'join' | 'reset', { exitCode, tail }: UnitResult): MusterError {
  const own = tail.filter((line) => /\[ERROR|^error|failed|timed out/i.test(line));
  const said = (own.length > 0 ? own : tail).slice(-4).join(' / ');
  const end =
    exitCode === null
      ? { en: 'ended before it had finished', zh: '未完成即已结束' }
      : { en: `failed (exit code ${exitCode})`, zh: `失败（退出码 ${exitCode}）` };
  return new MusterError(`kubeadm-${verb}-failed`, { end, reason: said });
}
