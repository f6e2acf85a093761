import { signal } from '@preact/signals';
import type { Citation } from '../api/types';

/** The quote that is shown beside its number. */
export const quote = signal<{ citation: Citation; beside: Element } | undefined>(undefined);
let timer: ReturnType<typeof setTimeout> | undefined;

/** What nobody sees, or turns the direction of text: it could make a quote read as something else. Joiners are part of scripts. */
const INVISIBLE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}]/gu;

/**
 * A row of a table has the names of its columns; the quote itself is what the document has, without characters that
 * nobody sees.
 */
export function shownQuote(citation: Pick<Citation, 'quote' | 'displayQuote'>): string {
  return (citation.displayQuote ?? citation.quote).replace(INVISIBLE, '');
}

export function showQuote(citation: Citation, beside: Element): void {
  clearTimeout(timer);
  quote.value = { citation, beside };
}

/** After a while, so that the pointer can move onto the card. */
export function hideQuote(after: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    quote.value = undefined;
  }, after);
}

export function cancelHideQuote(): void {
  clearTimeout(timer);
}

export function quoteOpen(citation: Citation): boolean {
  return quote.value?.citation === citation;
}
