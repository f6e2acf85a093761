import { batch, signal } from '@preact/signals';
import { type ApiError, asApiError } from '../api/problem';
import { listSources, type Source } from '../api/sources';
import { isRefusal, signedIn, withOperatorKey } from '../operator/operatorKey';

/** Milliseconds between looks: while a scan is at work, and while none is. */
const BUSY = 4000;
const IDLE = 15_000;

export const sources = signal<readonly Source[] | undefined>(undefined);
export const loadError = signal<ApiError | undefined>(undefined);

/** Of the newest request; the answers of older ones are not shown any more. */
let latest = 0;

export function isScanning({ job }: Source): boolean {
  return job?.status === 'queued' || job?.status === 'running';
}

/** The kinds of findings, most frequent first. */
export function kindsOf(findings: Source['findings']): [kind: string, count: number][] {
  return Object.entries(findings)
    .filter(([, count]) => count > 0)
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}

/** Looks at the server again. What is shown stays until the answer is there. */
export async function refresh(collection: string): Promise<void> {
  if (!signedIn.value) return;
  latest++;
  const mine = latest;
  try {
    const page = await withOperatorKey((key) => listSources(key, collection));
    if (mine !== latest) return;
    batch(() => {
      sources.value = page.items;
      loadError.value = undefined;
    });
  } catch (thrown) {
    const error = asApiError(thrown);
    if (mine === latest && !isRefusal(error)) loadError.value = error;
  }
}

/** Does something with the key, then looks again. Rejects with an ApiError. */
export async function act<T>(collection: string, action: (key: string) => Promise<T>): Promise<T> {
  try {
    return await withOperatorKey(action);
  } finally {
    await refresh(collection);
  }
}

/** Looks again and again, while the page can be seen. Ends when the returned function is called. */
export function watch(collection: string): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let gone = false;
  const poll = async () => {
    if (document.visibilityState === 'visible') await refresh(collection);
    if (!gone) schedule();
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(poll, sources.value?.some(isScanning) ? BUSY : IDLE);
  };
  // A scan that was asked for on the page is not to wait for the next look of a quiet page.
  const unsubscribe = sources.subscribe(schedule);
  void poll();
  return () => {
    gone = true;
    unsubscribe();
    clearTimeout(timer);
  };
}

/** Forgets what only an operator may see. */
export function clearSources(): void {
  latest++;
  batch(() => {
    sources.value = undefined;
    loadError.value = undefined;
  });
}
