import { basePath } from './basePath';
import { errorOf, offline } from './problem';

const PREFIX = '/api/v1';
/** Milliseconds that a call without a stream may take, unless it says otherwise. */
const DEADLINE = 30_000;

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
}

/** Address of a path below the API's prefix, with its query. */
export function address(path: string, query: Call['query'] = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') params.set(name, `${value}`);
  const text = params.toString();
  return `${basePath}${PREFIX}${path}${text ? `?${text}` : ''}`;
}

/** Calls the API and rejects with an ApiError unless the answer is OK. An abort by the caller rejects with AbortError. */
export async function call(path: string, options: Call = {}): Promise<Response> {
  const { method = 'GET', json, query, signal, headers = {}, deadline = DEADLINE, endless = false } = options;
  const signals = [signal, endless ? undefined : AbortSignal.timeout(deadline)].filter((s) => s !== undefined);
  let response: Response;
  try {
    response = await fetch(address(path, query), {
      method,
      headers: {
        Accept: 'application/json, application/problem+json',
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(method === 'POST' && !headers['Idempotency-Key'] ? { 'Idempotency-Key': newKey() } : {}),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(signals.length ? { signal: AbortSignal.any(signals) } : {}),
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw offline();
  }
  if (!response.ok) throw await errorOf(response);
  return response;
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
