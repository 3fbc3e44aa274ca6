import { MusterError } from '../../../../shared/errors/errors.ts';
import type { UnitResult } from '../../../host/host.ts';
import type { InstallMeans } from '../packages.ts';

export const env = { DEBIAN_FRONTEND: 'noninteractive' };

/** apt takes the proxy from its configuration and its exceptions from the environment, in lower case. */
export function fetchEnv({ proxy }: Pick<InstallMeans, 'proxy'>): Record<string, string> {
  return { ...env, ...(proxy.NO_PROXY !== undefined && { no_proxy: proxy.NO_PROXY }) };
}

export const outputOf = ({ tail }: UnitResult): string => tail.join('\n');

export function succeed(result: UnitResult): void {
  if (result.exitCode !== 0) throw aptFailed(result);
}

export function aptFailed({ tail }: UnitResult): MusterError {
  const errors = tail.filter((line) => /^(E:|Err:|W: Failed|dpkg: error)/.test(line));
  const said = (errors.length > 0 ? errors : tail).slice(-3).join(' / ');
  return new MusterError('packages-failed', {
    reason: said || { en: 'apt was interrupted', zh: 'apt 被中断' },
    repair: 'apt-get update && apt-get install --fix-broken',
  });
}
