import { createHash, randomBytes } from 'node:crypto';

const minute = 60_000;
const hour = 60 * minute;
/** More people than ever look at one cluster at a time; the oldest entry makes room, so that memory stays bounded. */
const capacity = 256;

export interface LoginCode {
  code: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
}

export interface Sessions {
  /** A code that opens one session, once, within ten minutes. */
  createCode(): LoginCode;
  /** The new session's secret for the cookie; null: the code was never given out, has been used or has expired. */
  redeem(code: string): string | null;
  valid(session: string): boolean;
}

export interface SessionOptions {
  now: () => Date;
  /** Milliseconds that a session lasts. Default 12 hours. */
  ttl?: number;
}

/** Logins of the status page. In memory, and hashes only: a restart signs everyone out, a core dump signs no one in. */
export function createSessions({ now, ttl = 12 * hour }: SessionOptions): Sessions {
  const codes = createExpiring(now);
  const sessions = createExpiring(now);

  return {
    createCode() {
      const { secret, expiresAt } = codes.issue(10 * minute);
      return { code: secret, expiresAt: expiresAt.toISOString() };
    },
    redeem(code) {
      return codes.take(code) ? sessions.issue(ttl).secret : null;
    },
    valid(session) {
      return sessions.has(session);
    },
  };
}

/** A bounded set of secrets, each with its end. */
function createExpiring(now: () => Date) {
  const ends = new Map<string, number>();

  function has(secret: string): boolean {
    const end = ends.get(digest(secret));
    return end !== undefined && now().getTime() < end;
  }

  return {
    has,
    issue(ttl: number): { secret: string; expiresAt: Date } {
      const secret = randomBytes(32).toString('base64url');
      const expiresAt = new Date(now().getTime() + ttl);
      for (const key of ends.keys()) {
        if (ends.size < capacity) break;
        ends.delete(key);
      }
      ends.set(digest(secret), expiresAt.getTime());
      return { secret, expiresAt };
    },
    take(secret: string): boolean {
      const held = has(secret);
      ends.delete(digest(secret));
      return held;
    },
  };
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
