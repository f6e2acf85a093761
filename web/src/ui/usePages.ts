import { useEffect, useRef, useState } from 'preact/hooks';
import { type ApiError, asApiError } from '../api/problem';
import type { Page } from '../api/types';

export interface Pages<T> {
  /** Undefined until the first page is there. */
  items: readonly T[] | undefined;
  error: ApiError | undefined;
  /** Whether there is more than what is shown. */
  hasMore: boolean;
  loadMore: () => void;
  /** Reads the list from its start. What is shown stays until the answer is there. */
  refresh: () => void;
}

/**
 * A list that the server gives in pages. It is read from its start when one of the keys changes; what comes late for other keys is dropped.
 *
 * @param load undefined while it cannot be loaded
 */
export function usePages<T>(
  load: ((cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>) | undefined,
  keys: readonly unknown[],
): Pages<T> {
  const [items, setItems] = useState<readonly T[]>();
  const [next, setNext] = useState<string>();
  const [error, setError] = useState<ApiError>();
  const [round, setRound] = useState(0);
  const request = useRef(new AbortController());
  const known = load !== undefined;
  const read = async (cursor: string | undefined) => {
    if (!load) return;
    request.current.abort();
    const mine = new AbortController();
    request.current = mine;
    setError(undefined);
    try {
      const page = await load(cursor, mine.signal);
      if (mine.signal.aborted) return;
      setItems((before) => (cursor ? [...(before ?? []), ...page.items] : page.items));
      setNext(page.next ?? undefined);
    } catch (thrown) {
      if (!mine.signal.aborted) setError(asApiError(thrown));
    }
  };
  useEffect(() => {
    void read(undefined);
    return () => request.current.abort();
  }, [...keys, round, known]);
  return {
    items,
    error,
    hasMore: next !== undefined,
    loadMore: () => void read(next),
    refresh: () => setRound((before) => before + 1),
  };
}
