import { signal } from '@preact/signals';
import { deleteConversation, listConversations, renameConversation } from '../api/conversations';
import { type ApiError, asApiError } from '../api/problem';
import type { Conversation } from '../api/types';
import { conversation } from './conversation';
import { used } from './retention';

/** The conversations that are listed, newest first. */
export const history = signal<readonly Conversation[]>([]);
export const historyState = signal<'unread' | 'loading' | 'more' | 'end'>('unread');
export const historyError = signal<ApiError | undefined>(undefined);

let cursor: string | undefined;

export async function loadMoreHistory(): Promise<void> {
  if (historyState.value === 'loading' || historyState.value === 'end') return;
  historyState.value = 'loading';
  historyError.value = undefined;
  try {
    const page = await listConversations(cursor);
    cursor = page.next ?? undefined;
    history.value = merge(history.value, page.items);
    historyState.value = cursor ? 'more' : 'end';
  } catch (thrown) {
    historyError.value = asApiError(thrown);
    historyState.value = 'more';
  }
}

/** Takes the newest page again and keeps what is listed below it. */
export async function refreshHistory(): Promise<void> {
  const page = await listConversations().catch(() => undefined);
  if (!page) return;
  history.value = merge(page.items, history.value);
  if (historyState.value === 'unread') {
    cursor = page.next ?? undefined;
    historyState.value = cursor ? 'more' : 'end';
  }
}

/** Each once; of two the first. */
function merge(first: readonly Conversation[], second: readonly Conversation[]): Conversation[] {
  const seen = new Set(first.map((item) => item.id));
  return [...first, ...second.filter((item) => !seen.has(item.id))];
}

/** Brings the conversation that was just used to the top. */
export function touchHistory(id: string): void {
  const found = history.value.find((item) => item.id === id);
  if (!found) return void refreshHistory();
  history.value = [used(found, new Date()), ...history.value.filter((item) => item.id !== id)];
}

export async function rename(id: string, title: string): Promise<void> {
  const renamed = await renameConversation(id, title);
  history.value = history.value.map((item) => (item.id === id ? { ...item, title: renamed?.title ?? title } : item));
  const { value: open } = conversation;
  if (open?.id === id) conversation.value = { ...open, title: renamed?.title ?? title };
}

export async function remove(id: string): Promise<void> {
  await deleteConversation(id);
  history.value = history.value.filter((item) => item.id !== id);
}
