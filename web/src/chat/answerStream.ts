import { signal } from '@preact/signals';
import { ask, createConversation, getConversation, resume, sendFeedback, stop } from '../api/conversations';
import { newKey } from '../api/http';
import { type ApiError, asApiError } from '../api/problem';
import { followStream, isRefused, pause } from '../api/streamReader';
import type { Feedback, SearchFilter } from '../api/types';
import { askedCollections } from '../documents/collections';
import { NO_FILTER } from '../filter/filter';
import { go } from '../ui/router';
import { loadAnswerRenderer } from './answerRenderer';
import { clear, conversation, dispatch, load, reloadTurn, running, turns } from './conversation';
import { forgetSentQuestion, rememberSentQuestion } from './drafts';
import { answerEvent } from './events';
import { forgetFilter, moveFilter } from './filters';
import { refreshHistory, touchHistory } from './history';
import { newTurn, type Turn } from './turn';

/** The turn whose question is being edited. */
export const editing = signal<Turn | undefined>(undefined);

/** Milliseconds that the server has to end an answer that was stopped. */
const STOP_DEADLINE = 5000;

let following = new AbortController();

function leave(): AbortSignal {
  following.abort();
  following = new AbortController();
  return following.signal;
}

/** Opens what the address says: a conversation, or the place of a new question. */
export async function open(id: string | undefined): Promise<void> {
  if (id !== undefined && id === conversation.value?.id) return;
  editing.value = undefined;
  const signal = leave();
  if (id === undefined) return clear();
  if (!(await load(id))) return;
  const unfinished = running.value;
  if (unfinished) await followAnswer(id, unfinished, signal);
}

/**
 * Asks; `replaced` is the earlier turn whose question this one takes the place of. Does nothing while another question is being answered, which a second
 * click would stop.
 */
export async function send(content: string, filter: SearchFilter, replaced?: Turn): Promise<void> {
  if (running.value) return;
  const signal = leave();
  const turn = newTurn(newKey(), content, true, filter);
  const place = replaced ? turns.value.findIndex((other) => other.key === replaced.key) : -1;
  turns.value = [...turns.value.slice(0, place < 0 ? turns.value.length : place), turn];
  editing.value = undefined;
  rememberSentQuestion(conversation.value?.id, content);
  const id = await idOfConversation(turn, signal);
  if (id === undefined || signal.aborted) return;
  rememberSentQuestion(id, content);
  await followAnswer(id, turn, signal, replaced?.question.id);
}

/** The open conversation's id, or that of one which is made for the first question. */
async function idOfConversation(turn: Turn, signal: AbortSignal): Promise<string | undefined> {
  const { value: present } = conversation;
  if (present) return present.id;
  try {
    const made = await createConversation(askedCollections());
    if (signal.aborted) return undefined;
    conversation.value = made;
    moveFilter(made.id);
    go({ page: 'conversation', id: made.id });
    return made.id;
  } catch (thrown) {
    if (!signal.aborted) dispatch(turn.key, { name: 'refused', problem: asApiError(thrown).problem });
    return undefined;
  }
}

async function followAnswer(id: string, turn: Turn, signal: AbortSignal, replaces?: string): Promise<void> {
  const present = () => turns.value.find((other) => other.key === turn.key) ?? turn;
  const started = () => present().messageId;
  const { content, filter } = turn.question;
  const question = { content, ...(replaces ? { replaces } : {}), ...(filter ? { filter } : {}) };
  try {
    await followStream({
      signal,
      open: async (last, until) => {
        const messageId = started();
        const [response] = await Promise.all([
          messageId ? resume(id, messageId, last, until) : ask(id, question, turn.key, until),
          // An answer that is whole at once is not to be shown before its citations can be.
          loadAnswerRenderer(),
        ]);
        return response;
      },
      isFinal: (error) => (started() ? isRefused(error) : !isTransient(error)),
      onConnection: (state) => dispatch(turn.key, { name: 'connection', state }),
      onEvent: (event) => {
        const known = answerEvent(event);
        if (!known) return false;
        dispatch(turn.key, known);
        if (known.name === 'started') {
          forgetSentQuestion();
          forgetFilter(id);
          void refreshTitle(id);
        }
        return present().phase === 'done';
      },
    });
  } catch (thrown) {
    if (!signal.aborted) await showRefusal(id, present(), asApiError(thrown));
  }
  if (!signal.aborted) touchHistory(id);
}

/** Whether an error before the start of an answer is worth waiting for: the server is away, or on its way. */
function isTransient(error: ApiError): boolean {
  return error.offline || error.code === 'shutting_down' || /^http_50[234]$/.test(error.code);
}

/** Shows that the stream was refused, unless the answer was stored in the meantime. */
async function showRefusal(id: string, turn: Turn, error: ApiError): Promise<void> {
  if (turn.messageId) await reloadTurn(id, turn.key).catch(() => undefined);
  const now = turns.value.find((other) => other.key === turn.key);
  if (now?.phase !== 'done') dispatch(turn.key, { name: 'refused', problem: error.problem });
}

/** The server makes a title of the first question. */
async function refreshTitle(id: string): Promise<void> {
  if (turns.value.length > 1) return;
  void refreshHistory();
  const found = await getConversation(id).catch(() => undefined);
  if (found && conversation.value?.id === id) conversation.value = found;
}

export async function stopAnswer(): Promise<void> {
  const turn = running.value;
  const id = conversation.value?.id;
  if (!turn) return;
  if (!turn.messageId || !id || turn.connection === 'waiting') return stopHere(turn);
  dispatch(turn.key, { name: 'stopping' });
  const { signal } = following;
  await stop(id, turn.messageId).catch(() => undefined);
  await pause(STOP_DEADLINE, signal);
  const now = turns.value.find((other) => other.key === turn.key);
  if (!signal.aborted && now && now.phase !== 'done') stopHere(now);
}

function stopHere(turn: Turn): void {
  leave();
  dispatch(turn.key, { name: 'refused', problem: { title: 'Stopped', status: 0, code: 'stopped' } });
}

/** Asks the same again, in the place of the turn. */
export function retry(turn: Turn): Promise<void> {
  return send(turn.question.content, turn.question.filter ?? NO_FILTER, turn);
}

/** Asks the same of all documents: in the place of the last turn, or at the end, since what followed an earlier one would be lost. */
export function askWithoutFilter(turn: Turn): Promise<void> {
  const last = turns.value.at(-1)?.key === turn.key;
  return send(turn.question.content, NO_FILTER, last ? turn : undefined);
}

/** Keeps what the reader thinks of an answer; takes it back on the page when the server does not take it. */
export async function rate(turn: Turn, feedback: Feedback): Promise<void> {
  if (!turn.messageId) return;
  dispatch(turn.key, { name: 'feedback', feedback });
  try {
    await sendFeedback(turn.messageId, feedback);
  } catch (thrown) {
    dispatch(turn.key, { name: 'feedback', feedback: turn.feedback });
    throw thrown;
  }
}
