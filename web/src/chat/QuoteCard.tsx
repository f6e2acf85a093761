import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Citation } from '../api/types';
import { TextWarning } from '../documents/TextWarning';
import { t } from '../i18n';
import { place } from '../ui/Menu';
import { QuoteText } from './QuoteText';
import { cancelHideQuote, hideQuote, quote } from './quote';

/** The quote of a citation, over the text; stays while the pointer is on it, goes on Esc. */
export function QuoteCard() {
  const ref = useRef<HTMLDivElement>(null);
  const shown = quote.value;
  useLayoutEffect(() => {
    if (!shown || !ref.current) return;
    ref.current.showPopover();
    place(ref.current, shown.beside.getBoundingClientRect());
  }, [shown]);
  useEffect(() => {
    if (!shown) return;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && hideQuote(0);
    const onScroll = () => hideQuote(0);
    addEventListener('keydown', onKey);
    addEventListener('scroll', onScroll, true);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('scroll', onScroll, true);
    };
  }, [shown]);
  if (!shown) return null;
  const { citation } = shown;
  return (
    <div
      id="quote-card"
      class="quote-card"
      role="tooltip"
      popover="manual"
      ref={ref}
      onPointerEnter={cancelHideQuote}
      onPointerLeave={() => hideQuote(100)}
    >
      <p dir="auto" class="quote-text">
        {citation.displayQuote ? (
          <QuoteText citation={citation} />
        ) : citation.quote ? (
          `“${citation.quote}”`
        ) : (
          t('cite.deleted')
        )}
      </p>
      <p class="muted small" dir="auto">
        {placeOf(citation)}
      </p>
      <TextWarning warning={citation.warning} />
    </div>
  );
}

/** The headings that say more than the title, which a document's first heading mostly is. */
export function headingsBelow(item: Pick<Citation, 'title' | 'headings'>): string[] {
  return (item.headings ?? []).filter((heading) => heading !== item.title);
}

/** Title, headings and page in one line. */
export function placeOf(item: Pick<Citation, 'title' | 'headings' | 'page'>): string {
  return [item.title, ...headingsBelow(item), item.page ? t('cite.page', { n: item.page }) : '']
    .filter(Boolean)
    .join(' › ');
}
