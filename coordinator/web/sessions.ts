import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type PageRole, pageRoles } from '../../shared/protocol/page.ts';
import type { Store } from '../store/store.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Maximum number of sessions of a role, and of codes; the oldest is dropped, so memory is bounded. */
const capacity = 256;

const sessionSchema = z.object({
  role: z.enum(pageRoles),
  /** How the user signed in. */
  via: z.enum(['link', 'password']),
});
/** A signed-in user. */
export type Session = z.infer<typeof sessionSchema>;

export interface LoginCode {
  code: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
}

export interface Sessions {
  /** Creates a single-use code for one session, valid for ten minutes. */
  createCode(role: PageRole): LoginCode;
  /** The new session's secret for the cookie; null: the code is unknown, used or expired. */
  redeem(code: string, address: string): string | null;
  /** Creates a session after the password was verified; returns its secret. */
  open(session: Session, address: string): string;
  /** null: unknown or expired, or used from another address than the one that signed in. */
  of(secret: string, address: string): Session | null;
  end(secret: string): void;
  /** Ends all sessions with the same role and sign-in method. */
  endAll(session: Session): void;
}

export interface SessionOptions {
  store: Pick<Store, 'sessions' | 'transaction'>;
  now: () => Date;
  /** Session lifetime in milliseconds. Default 12 hours. */
  ttl?: number;
}

/**
 * Sessions of the status page. Browsers send cookies to every port of an address, so that another service there may learn
 * one: it works from its own address only. Stored hashed: neither the database nor a core dump reveals a usable secret. Codes
 * are in memory.
 */
export function createSessions({ store, now, ttl = 12 * hour }: SessionOptions): Sessions {
  const codes = createExpiring<Session>(now);
  const { sessions, transaction } = store;

  function open({ role, via }: Session, address: string): string {
    const secret = randomBytes(32).toString('base64url');
    const at = now().getTime();
    transaction(() => sessions.add(digest(secret), { role, via, address, expiresAt: at + ttl }, at, capacity));
    return secret;
  }

  return {
    createCode(role) {
      const { secret, expiresAt } = codes.issue({ role, via: 'link' }, 10 * minute);
      return { code: secret, expiresAt: expiresAt.toISOString() };
    },
    redeem(code, address) {
      const session = codes.of(code);
      codes.end(code);
      return session === null ? null : open(session, address);
    },
    open,
    of(secret, address) {
      const found = sessions.get(digest(secret));
      if (found === undefined || found.address !== address || found.expiresAt <= now().getTime()) return null;
      const parsed = sessionSchema.safeParse(found);
      return parsed.success ? parsed.data : null;
    },
    end: (secret) => transaction(() => sessions.remove(digest(secret))),
    endAll: ({ role, via }) => transaction(() => sessions.removeAll(role, via)),
  };
}

/** A bounded map of secrets to values that expire. */
function createExpiring<T>(now: () => Date) {
  const entries = new Map<string, { value: T; end: number }>();

  return {
    issue(value: T, ttl: number): { secret: string; expiresAt: Date } {
      const secret = randomBytes(32).toString('base64url');
      const expiresAt = new Date(now().getTime() + ttl);
      for (const key of entries.keys()) {
        if (entries.size < capacity) break;
        entries.delete(key);
      }
      entries.set(digest(secret), { value, end: expiresAt.getTime() });
      return { secret, expiresAt };
    },
    of(secret: string): T | null {
      const entry = entries.get(digest(secret));
      return entry !== undefined && now().getTime() < entry.end ? entry.value : null;
    },
    end: (secret: string) => void entries.delete(digest(secret)),
  };
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
