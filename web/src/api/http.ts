import { basePath } from './basePath';
import { type ApiError, errorOf, offline } from './problem';
import { awaitQuota, isOverQuota, noteQuota, noteRefusal } from './quota';

const PREFIX = '/api/v1';
/** Milliseconds that a call without a stream may take, unless it says otherwise. */
const DEADLINE = 30_000;

const CSRF_HEADER = 'X-CSRF-Token';
/** Calls that answer 401 for another reason than a missing session. */
const WITHOUT_SESSION = new Set(['/session', '/setup', '/password-reset']);

/** What the calls of a session carry, so that no other site can make them; undefined without a session. */
let csrfToken: string | undefined;
/** Reads the session again after a refusal; answers whether the call is worth another try. */
let renewSession: (status: number) => Promise<boolean> = async () => false;

export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** @param renew called with 401 when a session is needed, and with 403 when the token is not that of the session any more */
export function onSessionRefused(renew: (status: number) => Promise<boolean>): void {
  renewSession = renew;
}

/** What a call that changes something carries beside its own headers. */
export function csrfHeaders(method: string): Record<string, string> {
  return method === 'GET' || csrfToken === undefined ? {} : { [CSRF_HEADER]: csrfToken };
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  json?: unknown;
  query?: Record<string, string | number | undefined>;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** Milliseconds that it may take. */
  deadline?: number;
  /** Of a stream: no deadline, the reader ends it. */
  endless?: boolean;
  /** A refusal because of too many tries is an error at once: the time that passes until the next one can be an hour. */
  impatient?: boolean;
}

/** Address of a path below the API's prefix, with its query. */
export function address(path: string, query: Call['query'] = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') params.set(name, `${value}`);
  const text = params.toString();
  return `${basePath}${PREFIX}${path}${text ? `?${text}` : ''}`;
}

/**
 * Calls the API and rejects with an ApiError unless the answer is OK. An abort by the caller rejects with AbortError. What the server refuses because of its
 * rate limit is sent again when the server wants it; the deadline does not count that wait.
 */
export async function call(path: string, options: Call = {}): Promise<Response> {
  let init = initOf(options);
  let renewed = false;
  for (;;) {
    await awaitQuota(options.signal);
    const response = await send(address(path, options.query), init, options);
    noteQuota((name) => response.headers.get(name));
    if (response.ok) return response;
    const error = await errorOf(response);
    if (isOverQuota(response.status, error.code) && !options.impatient) noteRefusal(error.retryAfter);
    else if (renewed || !isRefusedSession(path, error, options) || !(await renewSession(response.status))) throw error;
    else {
      renewed = true;
      init = { ...init, headers: { ...init.headers, ...csrfHeaders(options.method ?? 'GET') } };
    }
  }
}

/** Whether the session is over, or its token another one since the sign-in in another window. A call with a key of its own has none. */
function isRefusedSession(path: string, { code, problem }: ApiError, { headers }: Call): boolean {
  if (headers?.Authorization) return false;
  if (problem.status === 401) return code === 'unauthenticated' && !WITHOUT_SESSION.has(path);
  // There is no code of its own for the token that is not that of the session.
  return problem.status === 403 && (problem.detail?.includes(CSRF_HEADER) ?? false);
}

function initOf({ method = 'GET', json, headers = {} }: Call): RequestInit {
  return {
    method,
    headers: {
      Accept: 'application/json, application/problem+json',
      ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(method === 'POST' && !headers['Idempotency-Key'] ? { 'Idempotency-Key': newKey() } : {}),
      ...csrfHeaders(method),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    credentials: 'same-origin',
    cache: 'no-store',
  };
}

async function send(to: string, init: RequestInit, { signal, deadline = DEADLINE, endless }: Call): Promise<Response> {
  const signals = [signal, endless ? undefined : AbortSignal.timeout(deadline)].filter((s) => s !== undefined);
  try {
    return await fetch(to, { ...init, ...(signals.length ? { signal: AbortSignal.any(signals) } : {}) });
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw offline();
  }
}

/** The JSON of the answer; undefined of an empty one. */
export async function callJson<T>(path: string, options: Call = {}): Promise<T> {
  const response = await call(path, options);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** A key that makes a repeated POST harmless. `crypto.randomUUID` exists on https and localhost only. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
