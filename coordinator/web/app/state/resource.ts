import { useEffect, useState } from 'preact/hooks';
import { api } from './api.ts';
import { language } from './preferences.ts';

export interface Resource<T> {
  /** null: not loaded yet. */
  value: T | null;
  error: Error | null;
  reload: () => void;
}

/**
 * Loads the JSON at a path, again when the path, the language or `mark` changes. The old value stays until the new one
 * arrives.
 */
export function useResource<T>(path: string, mark: unknown = 0): Resource<T> {
  const [state, setState] = useState<{ path: string; value: T | null; error: Error | null }>({
    path,
    value: null,
    error: null,
  });
  const [round, setRound] = useState(0);
  const spoken = language.value;

  // The mark, the round and the language are only triggers.
  useEffect(() => {
    let current = true;
    api<T>(path).then(
      (value) => current && setState({ path, value, error: null }),
      (error) => current && setState((before) => ({ path, value: before.path === path ? before.value : null, error })),
    );
    return () => {
      current = false;
    };
  }, [path, mark, round, spoken]);

  const value = state.path === path ? state.value : null;
  return { value, error: state.error, reload: () => setRound((before) => before + 1) };
}
