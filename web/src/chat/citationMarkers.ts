import type { Citation, Unsupported } from '../api/types';

/** Private-use characters that stand for the brackets of a citation while the Markdown is read, so that `[1]` cannot become a link. */
const OPEN = '\uE000';
const CLOSE = '\uE001';

/**
 * Marks the citations that exist in the text; others stay plain. The text keeps its length, so offsets stay right.
 *
 * @param numbers that exist; undefined while the answer is being written: any number may still come
 */
export function protectCitations(text: string, numbers: ReadonlySet<number> | undefined): string {
  return text
    .replace(/[\uE000\uE001]/g, '\uFFFD')
    .replace(/\[(\d{1,3})\]/g, (all, digits: string) =>
      numbers === undefined || numbers.has(Number(digits)) ? `${OPEN}${digits}${CLOSE}` : all,
    );
}

/** Back to brackets, for code. */
export function restoreBrackets(text: string): string {
  return text.replaceAll(OPEN, '[').replaceAll(CLOSE, ']');
}

export type Piece = { kind: 'text'; text: string; unsupported: number | undefined } | { kind: 'cite'; number: number };

/**
 * Cuts a run of protected text into plain text, citations and unsupported spans.
 *
 * @param from where the run starts in the answer's text, undefined when that is not known
 */
export function pieces(run: string, from: number | undefined, unsupported: readonly Unsupported[]): Piece[] {
  const found: Piece[] = [];
  for (const part of run.matchAll(/\uE000(\d{1,3})\uE001|[^\uE000]+|\uE000/g)) {
    if (part[1] !== undefined) found.push({ kind: 'cite', number: Number(part[1]) });
    else found.push(...spans(part[0], from === undefined ? undefined : from + part.index, unsupported));
  }
  return found;
}

function spans(text: string, from: number | undefined, unsupported: readonly Unsupported[]): Piece[] {
  if (from === undefined) return [{ kind: 'text', text, unsupported: undefined }];
  const cuts = new Set([0, text.length]);
  for (const { start, end } of unsupported)
    for (const at of [start - from, end - from]) if (at > 0 && at < text.length) cuts.add(at);
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(0, -1).map((at, place) => {
    const middle = from + at;
    const index = unsupported.findIndex(({ start, end }) => start <= middle && middle < end);
    return { kind: 'text', text: text.slice(at, ordered[place + 1]), unsupported: index < 0 ? undefined : index };
  });
}

/** Finds where runs of a text stand in it, one after the other, though the Markdown reader does not say. */
export class RunLocator {
  #at = 0;
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  find(run: string): number | undefined {
    const at = this.#source.indexOf(run, this.#at);
    if (at < 0) return undefined;
    this.#at = at + run.length;
    return at;
  }

  /** Goes on from the start of a block, which is known exactly. */
  moveTo(at: number): void {
    this.#at = at;
  }
}

/** A backslash that keeps Markdown from reading the character behind it as its own. */
const ESCAPE = /\\([!-/:-@[-`{-~])/g;

/** For copying: the answer with its sources listed below. */
export function plainText(markdown: string, citations: readonly Citation[]): string {
  const text = markdown.replace(ESCAPE, '$1');
  if (!citations.length) return text;
  const lines = citations.map((citation) => {
    const headings = citation.headings.filter((heading) => heading !== citation.title);
    const place = [citation.title, ...headings, citation.page ? `p. ${citation.page}` : ''].filter(Boolean);
    return `[${citation.number}] ${place.join(', ')}`;
  });
  return `${text}\n\n${lines.join('\n')}`;
}
