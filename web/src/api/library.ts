import { address, call, callJson } from './http';
import type {
  Collection,
  DocumentItem,
  DocumentStatus,
  DocumentText,
  Field,
  Job,
  Page,
  SearchFilter,
  Suggestion,
  Uploaded,
} from './types';

export const listCollections = () => callJson<Page<Collection>>('/collections', { query: { limit: 200 } });

export const createCollection = (name: string) =>
  callJson<Collection>('/collections', { method: 'POST', json: { name } });

export const renameCollection = (id: string, name: string) =>
  callJson<Collection>(`/collections/${encodeURIComponent(id)}`, { method: 'PATCH', json: { name } });

/** @param days null for as long as the server keeps conversations */
export const keepConversations = (id: string, days: number | null) =>
  callJson<Collection>(`/collections/${encodeURIComponent(id)}`, {
    method: 'PATCH',
    json: { conversationsKeptDays: days },
  });

export const deleteCollection = (id: string) =>
  callJson<void>(`/collections/${encodeURIComponent(id)}`, { method: 'DELETE' });

export interface DocumentQuery {
  cursor?: string;
  status?: DocumentStatus;
  query?: string;
  /** JSON of a `SearchFilter`. */
  filter?: string;
  limit?: number;
}

export const listDocuments = (collection: string, query: DocumentQuery = {}, signal?: AbortSignal) =>
  callJson<Page<DocumentItem>>(`/collections/${encodeURIComponent(collection)}/documents`, {
    query: { limit: 50, ...query },
    ...(signal ? { signal } : {}),
  });

export const listSuggestions = (collection: string) =>
  callJson<{ items: Suggestion[] }>(`/collections/${encodeURIComponent(collection)}/suggestions`);

export const getDocument = (id: string, signal?: AbortSignal) =>
  callJson<DocumentItem>(`/documents/${encodeURIComponent(id)}`, signal ? { signal } : {});

export const getText = (id: string, signal?: AbortSignal) =>
  callJson<DocumentText>(`/documents/${encodeURIComponent(id)}/text`, signal ? { signal } : {});

/** Replaces the document's own tags; those of its folders stay. */
export const setTags = (id: string, tags: readonly string[]) =>
  callJson<DocumentItem>(`/documents/${encodeURIComponent(id)}/tags`, { method: 'PUT', json: { tags } });

export const listFields = (collection: string, signal?: AbortSignal) =>
  callJson<{ items: Field[] }>(`/collections/${encodeURIComponent(collection)}/fields`, signal ? { signal } : {});

export const countDocuments = (collection: string, filter: SearchFilter, signal: AbortSignal) =>
  callJson<{ documents: number }>(`/collections/${encodeURIComponent(collection)}/documents/count`, {
    method: 'POST',
    json: { filter },
    signal,
  });

export const deleteDocument = (id: string) =>
  callJson<void>(`/documents/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const reingest = (id: string) =>
  callJson<Uploaded>(`/documents/${encodeURIComponent(id)}/reingest`, { method: 'POST' });

/** Where the original is, with the page to open for a browser's PDF viewer. */
export const contentAddress = (id: string, page?: number | null) =>
  `${address(`/documents/${encodeURIComponent(id)}/content`)}${page ? `#page=${page}` : ''}`;

export const getJob = (id: string) => callJson<Job>(`/jobs/${encodeURIComponent(id)}`);
/** Newest first. */
export const listJobs = (collection: string) => callJson<Page<Job>>('/jobs', { query: { collection, limit: 20 } });
export const cancelJob = (id: string) => callJson<void>(`/jobs/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const jobEvents = (id: string, lastEventId: string | undefined, signal: AbortSignal) =>
  call(`/jobs/${encodeURIComponent(id)}/events`, {
    signal,
    endless: true,
    headers: {
      Accept: 'text/event-stream, application/problem+json',
      ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
    },
  });
