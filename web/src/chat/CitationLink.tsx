import { t } from '../i18n';
import { hideQuote, quoteOpen, showQuote } from './quote';
import { showSource, source } from './source';
import type { Turn } from './turn';

/** A raised number: shows the quote on hover and focus, and opens the source. */
export function CitationLink({ number, turn }: { number: number; turn: Turn }) {
  const citation = turn.citations.find((other) => other.number === number);
  if (!citation) return <sup class="cite pending">{number}</sup>;
  const open = source.value?.turn === turn.key && source.value.citation.number === number;
  const show = (event: Event) => showQuote(citation, event.currentTarget as Element);
  return (
    <sup>
      <button
        type="button"
        class={open ? 'cite open' : 'cite'}
        data-number={number}
        aria-label={t('cite.label', { n: number, title: citation.title })}
        aria-describedby={quoteOpen(citation) ? 'quote-card' : undefined}
        aria-expanded={open}
        onPointerEnter={(event) => event.pointerType === 'mouse' && show(event)}
        onPointerLeave={() => hideQuote(200)}
        onFocus={(event) => (event.currentTarget as Element).matches(':focus-visible') && show(event)}
        onBlur={() => hideQuote(0)}
        onClick={() => {
          hideQuote(0);
          showSource(turn, citation);
        }}
      >
        {number}
      </button>
    </sup>
  );
}
