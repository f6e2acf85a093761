import { batch, computed, signal } from '@preact/signals';
import { getConversation, listMessages } from '../api/conversations';
import { type ApiError, asApiError } from '../api/problem';
import type { AnswerMessage, Conversation, Message } from '../api/types';
import { loadAnswerRenderer } from './answerRenderer';
import { reduce, storedTurn, type Turn, type TurnAction } from './turn';

/** The conversation that is open; undefined at a new question. */
export const conversation = signal<Conversation | undefined>(undefined);
export const turns = signal<readonly Turn[]>([]);
export const loading = signal(false);
export const loadError = signal<ApiError | undefined>(undefined);
/** Cursor of the messages before those that are shown. */
export const earlier = signal<string | undefined>(undefined);

/** The turn that is being answered. */
export const running = computed(() => turns.value.find((turn) => turn.phase !== 'done'));

let messages: Message[] = [];
/** Counts openings, so that what comes late for a conversation that was left is dropped. */
let visit = 0;

export function dispatch(key: string, action: TurnAction): void {
  turns.value = turns.value.map((turn) => (turn.key === key ? reduce(turn, action) : turn));
}

export function clear(): void {
  visit++;
  messages = [];
  batch(() => {
    conversation.value = undefined;
    turns.value = [];
    loading.value = false;
    loadError.value = undefined;
    earlier.value = undefined;
  });
}

/** Loads a conversation with its newest messages. Resolves to false when it failed or was left meanwhile. */
export async function load(id: string): Promise<boolean> {
  clear();
  const mine = visit;
  loading.value = true;
  try {
    const [found, page] = await Promise.all([getConversation(id), listMessages(id), loadAnswerRenderer()]);
    if (mine !== visit) return false;
    messages = [...page.items].reverse();
    batch(() => {
      conversation.value = found;
      earlier.value = page.next ?? undefined;
      turns.value = turnsOf(messages);
    });
    return true;
  } catch (thrown) {
    if (mine === visit) loadError.value = asApiError(thrown);
    return false;
  } finally {
    if (mine === visit) loading.value = false;
  }
}

/** Takes the newest messages again, for an answer whose stream is not there any more. */
export async function reloadTurn(id: string, key: string): Promise<void> {
  const mine = visit;
  const page = await listMessages(id);
  if (mine !== visit) return;
  const fresh = turnsOf([...page.items].reverse());
  turns.value = turns.value.map((turn) => {
    if (turn.key !== key) return turn;
    const found = fresh.find((other) => other.question.id === turn.question.id);
    return found ? { ...found, key, fresh: turn.fresh } : turn;
  });
}

export async function loadEarlier(): Promise<void> {
  const { value: open } = conversation;
  const before = earlier.value;
  if (!open || !before || loading.value) return;
  const mine = visit;
  loading.value = true;
  try {
    const page = await listMessages(open.id, before);
    if (mine !== visit) return;
    const shown = turnsOf(messages)[0];
    messages = [...[...page.items].reverse(), ...messages];
    const all = turnsOf(messages);
    const cut = all.findIndex((turn) => turn.question.id === shown?.question.id);
    batch(() => {
      earlier.value = page.next ?? undefined;
      turns.value = [...all.slice(0, cut < 0 ? 0 : cut), ...turns.value];
    });
  } catch (thrown) {
    if (mine === visit) loadError.value = asApiError(thrown);
  } finally {
    if (mine === visit) loading.value = false;
  }
}

/** Questions with their answers, oldest first; an answer whose question is on an earlier page waits for it. */
export function turnsOf(oldestFirst: readonly Message[]): Turn[] {
  const answers = new Map<string, AnswerMessage>();
  for (const message of oldestFirst) if (message.role === 'answer') answers.set(message.questionId, message);
  return oldestFirst.flatMap((message) =>
    message.role === 'question' ? [storedTurn(message, answers.get(message.id))] : [],
  );
}
