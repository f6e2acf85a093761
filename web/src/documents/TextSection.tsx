import { useEffect, useState } from 'preact/hooks';
import { getText } from '../api/library';
import type { DocumentText } from '../api/types';
import { t } from '../i18n';
import { headingId } from '../text/DocumentBlocks';
import { DocumentExcerpt } from '../text/DocumentExcerpt';
import { beginning, type Excerpt, more, reaching } from '../text/excerpt';
import { FailedNote } from '../ui/ErrorNote';
import { useReached } from '../ui/hooks';
import { Skeleton } from '../ui/Skeleton';
import { useLoaded } from '../ui/useLoaded';

/** Headings from which on the contents are listed. */
const MIN_HEADINGS = 3;

/** The text of a document, from its beginning; what follows is drawn as the reader gets there. */
export function TextSection({ id }: { id: string }) {
  const { value: text, error, retry } = useLoaded((signal) => getText(id, signal), [id]);
  return (
    <section class="document-part" aria-labelledby="document-text">
      <h2 id="document-text" class="small-head">
        {t('document.text')}
      </h2>
      {error ? <FailedNote error={error} onRetry={retry} /> : null}
      {text ? <Text document={text} /> : error ? null : <Skeleton lines={10} />}
    </section>
  );
}

function Text({ document }: { document: DocumentText }) {
  const [shown, setShown] = useState<Excerpt>(() => beginning(document.text));
  const showMore = () => setShown((before) => more(document.text, before, 'after'));
  const rest = shown.to < document.text.length;
  const end = useReached<HTMLDivElement>(showMore, rest, shown.to);
  const goTo = (start: number) => {
    setShown((before) => reaching(document.text, before, start));
    requestAnimationFrame(() => focusHeading(start));
  };
  useEffect(() => {
    const start = /^#heading-(\d+)$/.exec(location.hash)?.[1];
    if (start) goTo(Number(start));
  }, []);
  return (
    <>
      <Contents document={document} goTo={goTo} />
      <DocumentExcerpt document={document} shown={shown} top={3} />
      {rest ? (
        <div ref={end}>
          <button type="button" class="quiet" onClick={showMore}>
            {t('source.after')}
          </button>
        </div>
      ) : null}
    </>
  );
}

function focusHeading(start: number): void {
  const heading = document.getElementById(headingId(start));
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

/** The headings, which lead to their places in the text. */
function Contents({ document, goTo }: { document: DocumentText; goTo: (start: number) => void }) {
  const [open, setOpen] = useState(false);
  const headings = (document.blocks ?? []).filter((block) => block.type === 'heading');
  if (headings.length < MIN_HEADINGS) return null;
  const top = Math.min(...headings.map((heading) => heading.level ?? 1));
  return (
    <details class="contents" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('document.contents', { n: headings.length })}</summary>
      {open ? (
        <ol>
          {headings.map(({ start, end, level }) => (
            <li key={start} class={`level-${Math.min(4, (level ?? 1) - top + 1)}`} dir="auto">
              <a
                href={`#${headingId(start)}`}
                onClick={(event) => {
                  event.preventDefault();
                  history.replaceState(null, '', `#${headingId(start)}`);
                  goTo(start);
                }}
              >
                {document.text.slice(start, end)}
              </a>
            </li>
          ))}
        </ol>
      ) : null}
    </details>
  );
}
