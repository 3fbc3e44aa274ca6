import { useState } from 'preact/hooks';

export interface Action<T> {
  /** null: it has not been done. */
  value: T | null;
  error: Error | null;
  busy: boolean;
  act: (work: () => Promise<T>) => void;
}

/** Something that a person sets off: once at a time, with what came of it. */
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
