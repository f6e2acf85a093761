import { type Call, callJson } from './http';
import { bearer } from './operator';
import type { Page } from './types';

/** Re-embedding the library. Every call is for administrators; `key` is the operator key of one without a session. */

/** Milliseconds: both indexes are asked up to 1,000 questions; a model may have to be loaded. */
const COMPARING = 900_000;
const LOADING = 120_000;

export type ReembeddingStatus =
  | 'building'
  | 'ready'
  | 'switching'
  | 'switched'
  | 'rolling_back'
  | 'failed'
  | 'cancelling'
  | 'cancelled'
  | 'dropping'
  | 'done';

/** `GET /reembeddings` → `Page<Reembedding>`, newest first; only the newest can be unfinished. */
export interface Reembedding {
  id: string;
  status: ReembeddingStatus;
  /** Moved to, as LECTERN_EMBEDDER takes it. */
  embedder: string;
  /** Moved away from. */
  former: string;
  switchWhenReady: boolean;
  /** Why it goes no further at the moment, or failed. */
  reason?: string | null;
  texts: number;
  embedded: number;
  createdAt: string;
  switchedAt?: string | null;
}

/** `GET /embedder`: what the library is searched with, and what LECTERN_EMBEDDER says. */
export interface ActiveEmbedder {
  name: string;
  configured: string;
}

/** `POST /reembeddings/estimate`. */
export interface Estimate {
  texts: number;
  /** Those that it has not embedded yet. */
  missing: number;
  /** Of the missing ones. */
  tokens: number;
  /** Share of the texts that are longer than it reads, 0 to 1. */
  cut: number;
  /** US dollars; 0 where the model runs on the server, null while the price is not known. */
  cost?: number | null;
}

export interface Ranking {
  'ndcg@10': number;
  'recall@100': number;
  'mrr@10': number;
}

/** `POST /reembeddings/{id}/comparison`. */
export interface Comparison {
  questions: number;
  former: Ranking;
  target: Ranking;
  /** Questions whose first document is another one. */
  changed: number;
}

export interface JudgedQuestion {
  question: string;
  documents: string[];
}

function asked<T>(key: string, path: string, options: Call = {}): Promise<T> {
  return callJson<T>(path, { ...options, headers: bearer(key) });
}

const one = (id: string) => `/reembeddings/${encodeURIComponent(id)}`;

export const getActiveEmbedder = (key: string) => asked<ActiveEmbedder>(key, '/embedder');

export const listReembeddings = (key: string) => asked<Page<Reembedding>>(key, '/reembeddings');

export const estimateReembedding = (key: string, embedder: string, price: number | undefined) =>
  asked<Estimate>(key, '/reembeddings/estimate', {
    method: 'POST',
    json: { embedder, ...(price === undefined ? {} : { price }) },
    deadline: LOADING,
  });

/** Begins, or goes on with one that failed. */
export const startReembedding = (key: string, embedder: string, switchWhenReady = false) =>
  asked<Reembedding>(key, '/reembeddings', { method: 'POST', json: { embedder, switchWhenReady }, deadline: LOADING });

export const switchReembedding = (key: string, id: string) =>
  asked<Reembedding>(key, `${one(id)}/switch`, { method: 'POST' });

export const rollBackReembedding = (key: string, id: string) =>
  asked<Reembedding>(key, `${one(id)}/rollback`, { method: 'POST' });

/** Deletes the index that is not in force. */
export const deleteReembedding = (key: string, id: string) => asked<Reembedding>(key, one(id), { method: 'DELETE' });

export const compareReembedding = (key: string, id: string, questions: readonly JudgedQuestion[]) =>
  asked<Comparison>(key, `${one(id)}/comparison`, { method: 'POST', json: { questions }, deadline: COMPARING });
