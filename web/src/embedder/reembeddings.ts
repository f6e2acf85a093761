import { batch, computed, signal } from '@preact/signals';
import { type ActiveEmbedder, getActiveEmbedder, listReembeddings, type Reembedding } from '../api/embedders';
import { type ApiError, asApiError } from '../api/problem';
import { t } from '../i18n/administration';
import { isRefusal, signedIn, withOperatorKey } from '../operator/operatorKey';
import { notify } from '../ui/notifications';
import { focusReembeddingHeading } from './headingFocus';
import { addProgressMark, type Mark } from './progressRate';
import { isFinished, isInProgress } from './reembeddingActions';

/** Milliseconds between looks: while a reembedding is at work, and while it is not (another operator may do something). */
const BUSY = 4000;
const IDLE = 15_000;
/** Milliseconds after something was done: in a small library it is over then. */
const SOON = 500;

export const activeEmbedder = signal<ActiveEmbedder | undefined>(undefined);
/** The reembedding that is not over. */
export const reembedding = signal<Reembedding | undefined>(undefined);
export const loadError = signal<ApiError | undefined>(undefined);
export const marks = signal<readonly Mark[]>([]);
export const inProgress = computed(() => reembedding.value !== undefined && isInProgress(reembedding.value.status));

/** Of the newest request; the answers of older ones are not shown any more. */
let latest = 0;
let refreshing = false;

/** Looks at the server again. What is shown stays until the answer is there. */
export async function refresh(): Promise<void> {
  if (refreshing || !signedIn.value) return;
  refreshing = true;
  latest++;
  const mine = latest;
  try {
    const [now, page] = await withOperatorKey((key) => Promise.all([getActiveEmbedder(key), listReembeddings(key)]));
    if (mine === latest) show(now, page.items[0]);
  } catch (thrown) {
    const error = asApiError(thrown);
    if (mine === latest && !isRefusal(error)) loadError.value = error;
  } finally {
    refreshing = false;
  }
}

function show(now: ActiveEmbedder | undefined, newest: Reembedding | undefined): void {
  const before = reembedding.value;
  batch(() => {
    if (now) activeEmbedder.value = now;
    loadError.value = undefined;
    reembedding.value = newest && !isFinished(newest.status) ? newest : undefined;
    marks.value = newest?.status === 'building' ? addProgressMark(marks.value, newest.embedded, Date.now()) : [];
  });
  if (before && newest?.id === before.id && isFinished(newest.status)) {
    if (document.activeElement?.id === 'reembedding-title') focusReembeddingHeading();
    notify(t('reembedding.ended', { name: newest.status === 'done' ? newest.former : newest.embedder }));
  }
}

/** Does something that answers with the reembedding as it is then. Rejects with an ApiError, after which what is shown is current, too. */
export async function act(action: (key: string) => Promise<Reembedding>): Promise<void> {
  try {
    const changed = await withOperatorKey(action);
    latest++;
    show(undefined, changed);
    setTimeout(() => void refresh(), SOON);
  } catch (thrown) {
    void refresh();
    throw thrown;
  }
}

/** Looks again and again, while the page can be seen. Ends when the returned function is called. */
export function watch(busy: boolean): () => void {
  const seen = () => {
    if (document.visibilityState === 'visible') void refresh();
  };
  const timer = setInterval(seen, busy ? BUSY : IDLE);
  document.addEventListener('visibilitychange', seen);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
  };
}

/** Clears the state that only an operator may see. */
export function clearEmbedderState(): void {
  latest++;
  batch(() => {
    activeEmbedder.value = undefined;
    reembedding.value = undefined;
    loadError.value = undefined;
    marks.value = [];
  });
}
