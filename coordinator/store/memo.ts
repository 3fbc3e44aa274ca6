import type { DatabaseSync } from 'node:sqlite';

interface MemoOptions<Key, Value> {
  /** Prefix of its trigger names; must be a valid SQL identifier. */
  name: string;
  /** Changes that invalidate the cache, as in an SQL trigger, such as `INSERT ON intents`. */
  forgottenAt: readonly string[];
  look(key: Key): Value;
}

/**
 * Caches query results that every request needs. `undefined` is not cached, because unknown keys are unbounded. Only
 * committed results are cached: reads within a transaction are not, and triggers invalidate the cache on every change.
 */
export function memo<Key, Value>(
  db: DatabaseSync,
  { name, forgottenAt, look }: MemoOptions<Key, Value>,
): (key: Key) => Value {
  const known = new Map<Key, Value>();
  db.function(`forget_${name}`, () => {
    known.clear();
    return null;
  });
  forgottenAt.forEach((change, index) => {
    db.exec(`CREATE TEMP TRIGGER forget_${name}_${index} AFTER ${change} BEGIN SELECT forget_${name}(); END`);
  });

  return (key) => {
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const value = look(key);
    if (value !== undefined && !db.isTransaction) known.set(key, value);
    return value;
  };
}
