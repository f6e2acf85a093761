import { address, call, callJson } from './http';
import type { Ask, Conversation, Feedback, Message, Page } from './types';

const EVENT_STREAM = { Accept: 'text/event-stream, application/problem+json' };

export const listConversations = (cursor?: string, signal?: AbortSignal) =>
  callJson<Page<Conversation>>('/conversations', { query: { cursor, limit: 30 }, ...(signal ? { signal } : {}) });

export const createConversation = (collections: string[]) =>
  callJson<Conversation>('/conversations', { method: 'POST', json: collections.length ? { collections } : {} });

export const getConversation = (id: string) => callJson<Conversation>(path(id));

export const renameConversation = (id: string, title: string) =>
  callJson<Conversation>(path(id), { method: 'PATCH', json: { title } });

export const deleteConversation = (id: string) => callJson<void>(path(id), { method: 'DELETE' });

/** Newest first; `before` is the `next` of the page after it. */
export const listMessages = (id: string, before?: string) =>
  callJson<Page<Message>>(`${path(id)}/messages`, { query: { before, limit: 40 } });

/** Asks, and answers with the stream of the answer. The key makes another try with it safe. */
export const ask = (id: string, question: Ask, key: string, signal: AbortSignal) =>
  call(`${path(id)}/messages`, {
    method: 'POST',
    json: question,
    signal,
    endless: true,
    headers: { ...EVENT_STREAM, 'Idempotency-Key': key },
  });

/** The events of an answer after the one with this id. */
export const resume = (id: string, messageId: string, lastEventId: string | undefined, signal: AbortSignal) =>
  call(`${path(id)}/messages/${encodeURIComponent(messageId)}/events`, {
    signal,
    endless: true,
    headers: { ...EVENT_STREAM, ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }) },
  });

export const stop = (id: string, messageId: string) =>
  callJson<void>(`${path(id)}/messages/${encodeURIComponent(messageId)}/stop`, { method: 'POST' });

export const sendFeedback = (messageId: string, feedback: Feedback) =>
  callJson<void>(`/messages/${encodeURIComponent(messageId)}/feedback`, { method: 'POST', json: feedback });

export const exportAddress = (id: string, format: 'markdown' | 'json') => address(`${path(id)}/export`, { format });

function path(id: string): string {
  return `/conversations/${encodeURIComponent(id)}`;
}
