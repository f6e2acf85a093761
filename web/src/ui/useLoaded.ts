import { useEffect, useState } from 'preact/hooks';
import { type ApiError, asApiError } from '../api/problem';

export interface Loaded<T> {
  /** Undefined until it is there. Stays while it is loaded again. */
  value: T | undefined;
  error: ApiError | undefined;
  /** Tries again after an error, which is not shown any more. */
  retry: () => void;
  /** Loads it again; what is shown stays until the answer is there. */
  refresh: () => void;
  /** Puts what another call has answered in its place. */
  replace: (value: T) => void;
}

/**
 * Loads something when the component is shown, and again when one of the keys changes. What comes late for keys that are not the present ones is dropped.
 *
 * @param load undefined while it cannot be loaded yet
 */
export function useLoaded<T>(
  load: ((signal: AbortSignal) => Promise<T>) | undefined,
  keys: readonly unknown[],
): Loaded<T> {
  const [value, setValue] = useState<T>();
  const [error, setError] = useState<ApiError>();
  const [tries, setTries] = useState(0);
  const known = load !== undefined;
  useEffect(() => setValue(undefined), keys);
  useEffect(() => {
    if (!load) return;
    const controller = new AbortController();
    load(controller.signal).then(
      (loaded) => {
        if (controller.signal.aborted) return;
        setValue(() => loaded);
        setError(undefined);
      },
      (thrown: unknown) => {
        if (!controller.signal.aborted) setError(asApiError(thrown));
      },
    );
    return () => controller.abort();
  }, [...keys, tries, known]);
  const refresh = () => setTries((before) => before + 1);
  const retry = () => {
    setError(undefined);
    refresh();
  };
  return { value, error, retry, refresh, replace: (next) => setValue(() => next) };
}
