import { type Call, callJson } from './http';
import { bearer } from './operator';
import type { Page } from './types';

/** Keys of programs: one's own, and for administrators all. `key` is the operator key of an administrator without a session. */

export const KEY_SCOPES = ['ask', 'search', 'read', 'write', 'manage', 'metrics', 'admin'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** `GET /api-keys`. */
export interface ApiKey {
  id: string;
  name: string;
  /** Whose permissions bound those of the key; none for a key of the server. */
  owner?: { id: string; name: string } | null;
  scopes: KeyScope[];
  /** Ids; none for all that its owner may use. */
  collections?: string[] | null;
  createdAt: string;
  expiresAt?: string | null;
  lastUsedAt?: string | null;
  /** The first characters of the newest secret, with an ellipsis. */
  hint?: string | null;
  /** More than one while a secret is exchanged. */
  secrets?: { hint: string; createdAt: string; expiresAt?: string | null }[] | null;
}

export type CreatedKey = ApiKey & { secret: string };

export interface NewKey {
  /** Whether it belongs to nobody, instead of to the caller. */
  server?: boolean;
  name: string;
  scopes: KeyScope[];
  collections?: string[];
  expiresAt?: string;
}

function asked<T>(key: string, path: string, options: Call = {}): Promise<T> {
  return callJson<T>(path, { ...options, headers: bearer(key) });
}

const one = (id: string) => `/api-keys/${encodeURIComponent(id)}`;

export const listKeys = (key: string, cursor?: string, signal?: AbortSignal) =>
  asked<Page<ApiKey>>(key, '/api-keys', { query: { cursor }, ...(signal ? { signal } : {}) });

/** `secret` is in this answer alone. */
export const createKey = (key: string, made: NewKey) =>
  asked<CreatedKey>(key, '/api-keys', { method: 'POST', json: made });

export const changeKey = (key: string, id: string, change: { name: string }) =>
  asked<ApiKey>(key, one(id), { method: 'PATCH', json: change });

export const revokeKey = (key: string, id: string) => asked<void>(key, one(id), { method: 'DELETE' });

/** Makes a new secret; the present one works on for the hours. */
export const exchangeSecret = (key: string, id: string, overlapHours: number) =>
  asked<CreatedKey>(key, `${one(id)}/secrets`, { method: 'POST', json: { overlapHours } });
