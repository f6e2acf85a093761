import type { Citation } from '../api/types';
import { shownQuote } from './quote';

/** Between the cells of a row in the text that the server makes for people. */
const GAP = ' · ';

/** A quote as people read it: each row of a table is a line of its own that begins with the row's name. */
export function QuoteText({ citation }: { citation: Pick<Citation, 'quote' | 'displayQuote'> }) {
  const text = shownQuote(citation);
  if (!citation.displayQuote) return <>{text}</>;
  const lines = text.split('\n').filter((line) => line.trim());
  return (
    <>
      {lines.map((line, place) => {
        const [name, ...cells] = line.split(GAP);
        const key = `${place}`;
        return (
          <span key={key} class="quote-line">
            {cells.length ? <b>{name}</b> : name}
            {cells.map((cell, column) => (
              <span key={`${column}`} class="quote-cell">
                {GAP}
                {cell}
              </span>
            ))}
          </span>
        );
      })}
    </>
  );
}
