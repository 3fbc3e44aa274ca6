import { randomBytes } from 'node:crypto';
import { MusterError } from '../../shared/errors/errors.ts';
import { sha256 } from '../store/secrets.ts';
import type { Store } from '../store/store.ts';

const setting = 'metrics-token-sha256';

/** Creates the token for /metrics and revokes the previous one. Only its hash is stored. */
export function createMetricsToken(store: Pick<Store, 'settings' | 'transaction'>): string {
  const token = `muster-metrics-${randomBytes(32).toString('base64url')}`;
  store.transaction(() => store.settings.set(setting, sha256(token)));
  return token;
}

/** Throws MusterError 401 `metrics-token-needed`. */
export function requireMetricsToken(store: Pick<Store, 'settings'>, token: string | null): void {
  const known = store.settings.get(setting);
  if (token !== null && known !== null && sha256(token) === known) return;
  throw new MusterError('metrics-token-needed');
}
