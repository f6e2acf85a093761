import { type Call, callJson } from './http';
import { bearer } from './operator';
import type { Job, Page } from './types';

/** Folders of the server's machine that are kept up with. Every call is for administrators; `key` is the operator key of one without a session. */

/** Milliseconds: a folder of a slow file system may have to be looked at. */
const ADDING = 120_000;

export type SourceState = 'ok' | 'needs_confirmation' | 'unavailable' | 'not_responding';

/** `GET /collections/{id}/sources` → `Page<Source>`. */
export interface Source {
  id: string;
  path: string;
  createdAt: string;
  /** End of the last complete scan. */
  scannedAt?: string | null;
  state: SourceState;
  /** What is wrong and what to do. */
  reason?: string | null;
  watch?: {
    mode: 'events' | 'polling' | 'none';
    /** Seconds between two scans that nothing asks for. */
    interval?: number | null;
    /** Why it is not watched. */
    reason?: string | null;
  } | null;
  documents: number;
  missing: { count: number; since?: string | null; deletedAfter?: string | null };
  /** How many files and folders were not taken in, or not as they are, by kind. */
  findings: Record<string, number>;
  /** Tags that all its documents have. */
  tags?: string[];
  /** The running scan, or else the last. */
  job?: Job | null;
}

/** `GET /sources/{id}/findings`. */
export interface Finding {
  path: string;
  kind: string;
  reason: string;
}

/** `GET /sources/{id}/missing`. */
export interface MissingFile {
  path: string;
  documentId?: string | null;
  title?: string | null;
  missingSince: string;
}

function asked<T>(key: string, path: string, options: Call = {}): Promise<T> {
  return callJson<T>(path, { ...options, headers: bearer(key) });
}

const one = (id: string) => `/sources/${encodeURIComponent(id)}`;
const ofCollection = (collection: string) => `/collections/${encodeURIComponent(collection)}/sources`;

export const listSources = (key: string, collection: string) => asked<Page<Source>>(key, ofCollection(collection));

export const addSource = (key: string, collection: string, path: string) =>
  asked<Source>(key, ofCollection(collection), { method: 'POST', json: { path }, deadline: ADDING });

export const scanSource = (
  key: string,
  id: string,
  scan: { confirmDeletion?: boolean; compareContents?: boolean } = {},
) => asked<Job>(key, `${one(id)}/scan`, { method: 'POST', json: scan });

/** Replaces the tags that all documents of the folder have. */
export const setSourceTags = (key: string, id: string, tags: readonly string[]) =>
  asked<Source>(key, `${one(id)}/tags`, { method: 'PUT', json: { tags } });

export const removeSource = (key: string, id: string) => asked<void>(key, one(id), { method: 'DELETE' });

export const listFindings = (key: string, id: string, kind: string, cursor?: string) =>
  asked<Page<Finding>>(key, `${one(id)}/findings`, { query: { kind, cursor, limit: 50 } });

export const listMissing = (key: string, id: string, cursor?: string) =>
  asked<Page<MissingFile>>(key, `${one(id)}/missing`, { query: { cursor, limit: 50 } });
