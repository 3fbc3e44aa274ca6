import { useState } from 'preact/hooks';

export interface Action<T> {
  /** null: not done. */
  value: T | null;
  error: Error | null;
  busy: boolean;
  act: (work: () => Promise<T>) => void;
}

/** An action that the user triggers: runs once at a time and keeps its result. */
export function useAction<T>(done: (value: T) => void = () => {}): Action<T> {
  const [state, setState] = useState<Omit<Action<T>, 'act'>>({ value: null, error: null, busy: false });
  const act = (work: () => Promise<T>) => {
    setState({ value: null, error: null, busy: true });
    work().then(
      (value) => {
        setState({ value, error: null, busy: false });
        done(value);
      },
      (error) => setState({ value: null, error, busy: false }),
    );
  };
  return { ...state, act };
}
