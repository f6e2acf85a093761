import { type ApiError, asApiError } from './problem';
import { eventsOf, type SseEvent } from './sse';

export type Connection = 'connected' | 'waiting';

export interface StreamOptions {
  /** Opens the stream, after the event with this id; undefined means from the start. */
  open: (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>;
  /** Takes an event; true ends the stream. Events that were seen before a break do not come twice. */
  onEvent: (event: SseEvent) => boolean;
  /** Told when the server goes away and when it is back. */
  onConnection?: (state: Connection) => void;
  signal: AbortSignal;
  lastEventId?: string;
  /** Whether no other try makes an error better. */
  isFinal?: (error: ApiError) => boolean;
  /** Milliseconds to wait before try n (from 1). */
  backOff?: (attempt: number) => number;
}

/** Codes of answers that no other try makes better. */
const FINAL = new Set([400, 401, 403, 404, 405, 406, 409, 410, 422]);

/** Whether the server has refused for good. */
export function isRefused(error: ApiError): boolean {
  return FINAL.has(error.problem.status);
}

/**
 * Follows a stream to its last event over broken connections: opens it again after the last event seen, with a growing pause.
 * Resolves at the last event or the abort; rejects when the server refuses for good.
 */
export async function followStream(options: StreamOptions): Promise<void> {
  const { open, onEvent, onConnection, signal, backOff = defaultBackOff, isFinal = isRefused } = options;
  let last = options.lastEventId;
  let attempt = 0;
  while (!signal.aborted) {
    try {
      const response = await open(last, signal);
      onConnection?.('connected');
      for await (const event of eventsOf(response)) {
        attempt = 0;
        if (event.id !== undefined) last = event.id;
        if (signal.aborted || onEvent(event)) return;
      }
    } catch (thrown) {
      if (signal.aborted) return;
      if (thrown instanceof RangeError) throw thrown;
      const error = asApiError(thrown);
      if (isFinal(error)) throw error;
    }
    attempt++;
    onConnection?.('waiting');
    await pause(backOff(attempt), signal);
  }
}

/** Half a second, doubling to 15 s, a quarter of it by chance, so that readers do not come back all at once. */
function defaultBackOff(attempt: number): number {
  const base = Math.min(15_000, 500 * 2 ** (attempt - 1));
  return base * (0.75 + Math.random() * 0.25);
}

/** Waits; ends at once on an abort, and when the browser says that it is online again. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      globalThis.removeEventListener?.('online', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    globalThis.addEventListener?.('online', done);
    if (signal.aborted) done();
  });
}
