import { type Call, callJson } from './http';
import { bearer } from './operator';
import type { Page } from './types';

/** The audit log and the settings that can be changed while the server runs, for administrators; `key` is the operator key of one without a session. */

/** `GET /audit`, newest first. */
export interface AuditEntry {
  /** From 1 without gaps. */
  sequence: number;
  at: string;
  /** Kind and id, such as `user:01J…`; none when nobody was known. */
  caller?: string | null;
  /** What people called the caller then. */
  callerName?: string | null;
  address?: string | null;
  requestId?: string | null;
  /** Such as `collection.deleted`. */
  action: string;
  subjectKind?: string | null;
  subjectId?: string | null;
  outcome: 'done' | 'refused';
  details?: Record<string, string> | null;
}

/** `caller` is kind and id, as in the entries. Of entries; what is left out or empty does not restrict. */
export interface AuditFilter {
  caller?: string;
  action?: string;
  /** RFC 3339. */
  since?: string;
  until?: string;
}

/** `GET /audit/verification`. */
export interface AuditVerification {
  entries: number;
  /** Number of the first entry that is damaged or missing. */
  damaged?: number | null;
  /** What is wrong with it. */
  damage?: string | null;
}

/** `GET /settings`. */
export interface RuntimeSetting {
  /** Of its environment variable. */
  name: string;
  /** A sentence, in English. */
  description: string;
  kind: 'number' | 'duration' | 'choice' | 'text' | 'secret';
  /** `***` for a secret. */
  value: string;
  defaultValue: string;
  /** What the value may be, in English: `a whole number from 0 to 1000000`, `one of error, warn, info`. */
  bounds: string;
  /** The environment sets it, so that it cannot be changed here. */
  fixed: boolean;
  changedAt?: string | null;
}

function asked<T>(key: string, path: string, options: Call = {}): Promise<T> {
  return callJson<T>(path, { ...options, headers: bearer(key) });
}

/** Milliseconds: the whole log is read. */
const VERIFYING = 300_000;

export const listAudit = (key: string, filter: AuditFilter, cursor?: string, signal?: AbortSignal) =>
  asked<Page<AuditEntry>>(key, '/audit', {
    query: { ...filter, cursor, limit: 50 },
    ...(signal ? { signal } : {}),
  });

export const verifyAudit = (key: string) =>
  asked<AuditVerification>(key, '/audit/verification', { deadline: VERIFYING });

const setting = (name: string) => `/settings/${encodeURIComponent(name)}`;

export const listSettings = (key: string, signal?: AbortSignal) =>
  asked<Page<RuntimeSetting>>(key, '/settings', signal ? { signal } : {});

export const changeSetting = (key: string, name: string, value: string) =>
  asked<RuntimeSetting>(key, setting(name), { method: 'PUT', json: { value } });

export const resetSetting = (key: string, name: string) =>
  asked<RuntimeSetting>(key, setting(name), { method: 'DELETE' });
