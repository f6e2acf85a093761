import type { SseEvent } from '../api/sse';
import type { AnswerEvents } from '../api/types';

type Named = { [Name in keyof AnswerEvents]: { name: Name; data: AnswerEvents[Name] } };

/** An event of an answer's stream, told apart by its name. */
export type AnswerEvent = Named[keyof Named];

/** What each event must have, so that the reducer need not ask. */
const SHAPES: { [Name in keyof AnswerEvents]: (data: Record<string, unknown>) => boolean } = {
  started: (data) => typeof data.messageId === 'string',
  passages: (data) => Array.isArray(data.items),
  delta: (data) => typeof data.text === 'string',
  citations: (data) => Array.isArray(data.citations) && Array.isArray(data.unsupported),
  finished: (data) => isObject(data.answer),
  failed: (data) => isObject(data.problem),
};

/** Undefined for an event that this page does not know, so that the server may add some. */
export function answerEvent(event: SseEvent): AnswerEvent | undefined {
  if (!Object.hasOwn(SHAPES, event.event)) return undefined;
  const name = event.event as keyof AnswerEvents;
  const data = parse(event.data);
  return isObject(data) && SHAPES[name](data) ? ({ name, data } as unknown as AnswerEvent) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
