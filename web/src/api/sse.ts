/** One event of a stream of server-sent events. */
export interface SseEvent {
  id: string | undefined;
  event: string;
  data: string;
}

/** Characters that one event (or one line) may have: far above any answer, far below what hurts a tab. */
const LIMIT = 4_000_000;

/**
 * Parses server-sent events piece by piece as the standard says: CR, LF and CRLF end a line, comments and unknown fields are skipped,
 * an event without data is dropped, an unfinished one at the end is dropped too.
 */
export class SseParser {
  #rest = '';
  #id: string | undefined;
  #event = '';
  #data: string[] = [];
  #size = 0;
  #first = true;
  readonly #limit: number;

  constructor(limit = LIMIT) {
    this.#limit = limit;
  }

  /** Takes the next piece of text and returns the events that it completes. Throws a RangeError past the limit. */
  push(piece: string): SseEvent[] {
    const text = this.#first && piece ? piece.replace(/^\uFEFF/, '') : piece;
    if (piece) this.#first = false;
    const events: SseEvent[] = [];
    const buffer = this.#rest + text;
    let from = 0;
    for (;;) {
      const end = lineEnd(buffer, from);
      if (end < 0) break;
      const event = this.#line(buffer.slice(from, end));
      if (event) events.push(event);
      from = end + (buffer[end] === '\r' && buffer[end + 1] === '\n' ? 2 : 1);
    }
    this.#rest = buffer.slice(from);
    this.#check(this.#size + this.#rest.length);
    return events;
  }

  #line(line: string): SseEvent | undefined {
    if (line === '') return this.#dispatch();
    if (line.startsWith(':')) return undefined;
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') {
      this.#size += value.length;
      this.#check(this.#size);
      this.#data.push(value);
    } else if (field === 'event') this.#event = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    return undefined;
  }

  #dispatch(): SseEvent | undefined {
    const data = this.#data;
    const event = { id: this.#id, event: this.#event || 'message', data: data.join('\n') };
    this.#event = '';
    this.#data = [];
    this.#size = 0;
    return data.length ? event : undefined;
  }

  #check(size: number): void {
    if (size > this.#limit) throw new RangeError(`An event is larger than ${this.#limit} characters`);
  }
}

/** Where the line that starts at `from` ends, or -1 when that is not known yet (a CR at the end may be half of a CRLF). */
function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '\n') return at;
    if (char === '\r') return at + 1 < text.length ? at : -1;
  }
  return -1;
}

/** Milliseconds without a byte after which a connection counts as dead: three of the server's comments. */
const SILENCE = 45_000;

/** The events of a response's body, until it ends or falls silent. Cancels the body when the loop is left. */
export async function* eventsOf(response: Response, silence = SILENCE): AsyncGenerator<SseEvent> {
  if (!response.body) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parser = new SseParser();
  const hangUp = () => void reader.cancel().catch(() => undefined);
  try {
    for (;;) {
      const timer = setTimeout(hangUp, silence);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    hangUp();
  }
}
