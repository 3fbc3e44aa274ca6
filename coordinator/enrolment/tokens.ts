import { randomBytes } from 'node:crypto';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { sha256 } from '../store/secrets.ts';
import type { Store } from '../store/store.ts';

/** How long an install command is valid by default, in ms. */
const lifetimeMs = 24 * 3600_000;

export interface IssuedToken {
  /** The secret; shown once, never stored. */
  token: string;
  /** The hosts that it enrols. */
  hosts: string[];
  expiresAt: Date;
}

/**
 * Creates an enrolment token for one planned host (single-use; also proves that a machine was replaced), or for all
 * planned workers (each once, from its planned address). Throws MusterError 404 `host-unknown`, 409 `no-workers`, 409
 * `host-retired`.
 */
export function issueToken(
  { store, plan, now }: { store: Store; plan: Plan; now: Date },
  request: ({ host: string } | { workers: true }) & { seconds?: number | undefined },
): IssuedToken {
  const host = 'host' in request ? request.host : null;
  const isOut = (name: string) => ['leaving', 'retired'].includes(store.intents.get(name)?.kind ?? '');
  if (host !== null && isOut(host)) {
    throw new MusterError('host-retired', { host }, { status: 409 });
  }
  const hosts = plan.hosts
    .filter((planned) => (host === null ? planned.role === 'worker' && !isOut(planned.name) : planned.name === host))
    .map(({ name }) => name);
  if (host !== null && hosts.length === 0) {
    const known = plan.hosts.map(({ name }) => name).join(', ');
    throw new MusterError('host-unknown', { host, known });
  }
  if (hosts.length === 0) {
    throw new MusterError('no-workers');
  }
  const token = `muster-${randomBytes(32).toString('base64url')}`;
  const expiresAt = new Date(now.getTime() + (request.seconds === undefined ? lifetimeMs : request.seconds * 1000));
  store.transaction(() => {
    store.tokens.create(sha256(token), host, now.getTime(), expiresAt.getTime());
    store.events.add(now.getTime(), 'token-created', host, {
      en: `enrolment token created for ${host ?? 'all workers'}`,
      zh: `已为${host === null ? '所有工作节点' : ` ${host} `}创建接入令牌`,
    });
  });
  return { token, hosts, expiresAt };
}
