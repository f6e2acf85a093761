import { batch, computed, signal } from '@preact/signals';
import { getPresent, listMoves, type Move, type Present } from '../api/embedders';
import { type ApiError, asApiError } from '../api/problem';
import { t } from '../i18n';
import { say } from '../ui/notice';
import { toMove } from './focus';
import { isAtWork, isOver } from './offers';
import { asOperator, isRefusal, signedIn } from './operator';
import { type Mark, noted } from './pace';

/** Milliseconds between looks: while a move is at work, and while it is not (another operator may do something). */
const BUSY = 2000;
const IDLE = 15_000;
/** Milliseconds after something was done: in a small library it is over then. */
const SOON = 500;

export const present = signal<Present | undefined>(undefined);
/** The move that is not over. */
export const move = signal<Move | undefined>(undefined);
export const loadError = signal<ApiError | undefined>(undefined);
export const marks = signal<readonly Mark[]>([]);
export const atWork = computed(() => move.value !== undefined && isAtWork(move.value.status));

/** Of the newest request; the answers of older ones are not shown any more. */
let latest = 0;
let looking = false;

/** Looks at the server again. What is shown stays until the answer is there. */
export async function look(): Promise<void> {
  if (looking || !signedIn.value) return;
  looking = true;
  latest++;
  const mine = latest;
  try {
    const [now, page] = await asOperator((key) => Promise.all([getPresent(key), listMoves(key)]));
    if (mine === latest) show(now, page.items[0]);
  } catch (thrown) {
    const error = asApiError(thrown);
    if (mine === latest && !isRefusal(error)) loadError.value = error;
  } finally {
    looking = false;
  }
}

function show(now: Present | undefined, newest: Move | undefined): void {
  const before = move.value;
  batch(() => {
    if (now) present.value = now;
    loadError.value = undefined;
    move.value = newest && !isOver(newest.status) ? newest : undefined;
    marks.value = newest?.status === 'building' ? noted(marks.value, newest.embedded, Date.now()) : [];
  });
  if (before && newest?.id === before.id && isOver(newest.status)) {
    if (document.activeElement?.id === 'move-title') toMove();
    say(t('move.ended', { name: newest.status === 'done' ? newest.former : newest.embedder }));
  }
}

/** Does something that answers with the move as it is then. Rejects with an ApiError, after which what is shown is current, too. */
export async function act(action: (key: string) => Promise<Move>): Promise<void> {
  try {
    const changed = await asOperator(action);
    latest++;
    show(undefined, changed);
    setTimeout(() => void look(), SOON);
  } catch (thrown) {
    void look();
    throw thrown;
  }
}

/** Looks again and again, while the page can be seen. Ends when the returned function is called. */
export function watch(busy: boolean): () => void {
  const seen = () => {
    if (document.visibilityState === 'visible') void look();
  };
  const timer = setInterval(seen, busy ? BUSY : IDLE);
  document.addEventListener('visibilitychange', seen);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
  };
}

/** Forgets what was shown to the operator. */
export function forget(): void {
  latest++;
  batch(() => {
    present.value = undefined;
    move.value = undefined;
    loadError.value = undefined;
    marks.value = [];
  });
}
