import type { DocumentText } from '../api/types';

/** A stretch of a document's text around what is quoted. Offsets are UTF-16 units in the whole text. */
export interface Excerpt {
  from: number;
  to: number;
  /** Undefined when the quote is not in the text any more. */
  mark: { start: number; end: number } | undefined;
}

/** Characters shown before and after the quote at first, and added by each "show more". */
export const STEP = 3000;

/** Where the quote stands: at its offsets, else at its nearest other place, else nowhere. */
export function locate(text: string, quote: string, start: number, end: number): Excerpt['mark'] {
  if (end > start && end <= text.length && (quote === '' || same(text.slice(start, end), quote))) return { start, end };
  if (!quote) return undefined;
  let best: number | undefined;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1))
    if (best === undefined || Math.abs(at - start) < Math.abs(best - start)) best = at;
  return best === undefined ? undefined : { start: best, end: best + quote.length };
}

function same(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  return a === b || plain(a) === plain(b);
}

/** What is shown first: the quote with some text around it, cut at the ends of lines where there are some near. */
export function excerpt(text: string, quote: string, start: number, end: number): Excerpt {
  const mark = locate(text, quote, start, end);
  const middle = mark ?? { start: Math.min(start, text.length), end: Math.min(end, text.length) };
  return { from: lineStart(text, middle.start - STEP), to: lineEnd(text, middle.end + STEP), mark };
}

/** The beginning of a text, without a quote. */
export function beginning(text: string): Excerpt {
  return { from: 0, to: lineEnd(text, 2 * STEP), mark: undefined };
}

/** The excerpt with as much after it as needed to have this place well within it. */
export function reaching(text: string, shown: Excerpt, at: number): Excerpt {
  return at + STEP <= shown.to ? shown : { ...shown, to: lineEnd(text, at + STEP) };
}

export function more(text: string, shown: Excerpt, where: 'before' | 'after'): Excerpt {
  return where === 'before'
    ? { ...shown, from: lineStart(text, shown.from - STEP) }
    : { ...shown, to: lineEnd(text, shown.to + STEP) };
}

function lineStart(text: string, at: number): number {
  if (at <= 0) return 0;
  const line = text.lastIndexOf('\n', at);
  return line >= 0 && at - line < 600 ? line + 1 : whole(text, at);
}

function lineEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const line = text.indexOf('\n', at);
  return line >= 0 && line - at < 600 ? line : whole(text, at);
}

/** Not between the halves of a character beyond the basic plane. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

export type Part = { kind: 'text' | 'mark' | 'heading' | 'page'; text: string; start: number };

/** The excerpt cut into text, the marked quote, headings and page numbers. A heading or page inside the quote does not cut it. */
export function partsOf(document: DocumentText, shown: Excerpt): Part[] {
  const { text } = document;
  const inside = (at: number) => at >= shown.from && at < shown.to;
  const inMark = (at: number) => shown.mark !== undefined && at > shown.mark.start && at < shown.mark.end;
  const spans: { start: number; end: number; kind: 'mark' | 'heading' }[] = [];
  if (shown.mark) spans.push({ ...shown.mark, kind: 'mark' });
  for (const heading of document.headings ?? []) {
    const end = heading.start + heading.text.length;
    const clash = shown.mark && heading.start < shown.mark.end && end > shown.mark.start;
    if (inside(heading.start) && !clash && text.startsWith(heading.text, heading.start))
      spans.push({ start: heading.start, end, kind: 'heading' });
  }
  const pages = (document.pages ?? []).filter((page) => inside(page.start) && !inMark(page.start));
  return cut(text, shown, spans, pages);
}

function cut(
  text: string,
  shown: Excerpt,
  spans: { start: number; end: number; kind: 'mark' | 'heading' }[],
  pages: { page: number; start: number }[],
): Part[] {
  const stops = [
    ...spans.map((span) => ({ at: span.start, span, page: undefined })),
    ...pages.map(({ page, start }) => ({ at: start, span: undefined, page })),
  ].sort((a, b) => a.at - b.at || (a.page ? -1 : 1));
  const parts: Part[] = [];
  let at = shown.from;
  const plain = (to: number) => {
    if (to > at) parts.push({ kind: 'text', text: text.slice(at, to), start: at });
    at = Math.max(at, to);
  };
  for (const stop of stops) {
    if (stop.at < at) continue;
    plain(stop.at);
    if (stop.page !== undefined) parts.push({ kind: 'page', text: `${stop.page}`, start: stop.at });
    if (!stop.span) continue;
    parts.push({ kind: stop.span.kind, text: text.slice(stop.span.start, stop.span.end), start: stop.at });
    at = stop.span.end;
  }
  plain(shown.to);
  return parts;
}
