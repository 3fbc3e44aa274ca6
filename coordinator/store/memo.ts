import type { DatabaseSync } from 'node:sqlite';

interface MemoOptions<Key, Value> {
  /** Names its triggers; of the characters that SQL takes as they are. */
  name: string;
  /** What makes its answers old, in SQL's words, such as `INSERT ON intents`. */
  forgottenAt: readonly string[];
  look(key: Key): Value;
}

/**
 * Keeps answers of the database that every request asks for, but for `undefined`, which anybody could ask for without end. Only what was
 * committed is kept: what is read in a transaction is not, and the database itself tells of each change, whoever makes it.
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
