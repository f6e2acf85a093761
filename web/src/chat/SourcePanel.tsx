import { useEffect, useRef, useState } from 'preact/hooks';
import { contentAddress, getText } from '../api/library';
import type { Citation, DocumentText } from '../api/types';
import { TextWarning } from '../documents/TextWarning';
import { t } from '../i18n';
import { DocumentExcerpt } from '../text/DocumentExcerpt';
import { type Excerpt, excerpt, more } from '../text/excerpt';
import { FailedNote } from '../ui/ErrorNote';
import { Icon, IconButton } from '../ui/Icon';
import { follows } from '../ui/router';
import { Skeleton } from '../ui/Skeleton';
import { useLoaded } from '../ui/useLoaded';
import { headingsBelow } from './QuoteCard';
import { QuoteText } from './QuoteText';
import { closeSource, type OpenSource, showNeighbour } from './source';

/** A document's text with the quote marked in it. */
export function SourcePanel({ open }: { open: OpenSource }) {
  const { citation, among } = open;
  const at = among.indexOf(citation);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <div class="source-head">
        <div class="source-bar">
          {among.length > 1 ? (
            <div class="pager">
              <IconButton
                icon="left"
                label={t('source.previous')}
                disabled={at <= 0}
                onClick={() => showNeighbour(-1)}
              />
              <span class="muted small">{t('source.of', { n: at + 1, total: among.length })}</span>
              <IconButton
                icon="right"
                label={t('source.next')}
                disabled={at >= among.length - 1}
                onClick={() => showNeighbour(1)}
              />
            </div>
          ) : (
            <span class="muted small">{t('source.title')}</span>
          )}
          <IconButton icon="close" label={t('source.close')} onClick={closeSource} />
        </div>
        <h2 ref={heading} tabIndex={-1} dir="auto">
          {citation.title}
        </h2>
        <p class="muted small" dir="auto">
          {[...headingsBelow(citation), citation.page ? t('cite.page', { n: citation.page }) : '']
            .filter(Boolean)
            .join(' › ')}
        </p>
        {citation.state === 'deleted' ? null : (
          <p class="source-links">
            <a class="small original" {...follows({ page: 'document', id: citation.documentId })}>
              {t('source.document')}
            </a>
            <a
              class="small original"
              href={contentAddress(citation.documentId, citation.page)}
              target="_blank"
              rel="noopener"
            >
              {t('source.original')}
              <Icon name="external" />
            </a>
          </p>
        )}
      </div>
      {citation.state === 'deleted' ? (
        <p class="note">{t('cite.deleted')}</p>
      ) : (
        <SourceText key={`${citation.documentId}/${citation.start}`} citation={citation} />
      )}
    </>
  );
}

function SourceText({ citation }: { citation: Citation }) {
  const { documentId } = citation;
  const { value: text, error, retry } = useLoaded((signal) => getText(documentId, signal), [documentId]);
  if (error)
    return (
      <div class="source-text">
        {citation.quote ? (
          <blockquote dir="auto">
            <QuoteText citation={citation} />
          </blockquote>
        ) : null}
        <FailedNote error={error} onRetry={retry} />
      </div>
    );
  return text ? <QuotedText document={text} citation={citation} /> : <Skeleton lines={10} />;
}

function QuotedText({ document, citation }: { document: DocumentText; citation: Citation }) {
  const [shown, setShown] = useState<Excerpt>(() =>
    excerpt(document.text, citation.quote, citation.start, citation.end),
  );
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.querySelector('mark')?.scrollIntoView({ block: 'center' }), []);
  const show = (where: 'before' | 'after') => setShown(more(document.text, shown, where));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="source-text" ref={place} tabIndex={0} aria-label={citation.title}>
      {shown.mark ? null : (
        <div class="note">
          <p>{t('source.moved')}</p>
          {citation.quote ? (
            <blockquote dir="auto">
              <QuoteText citation={citation} />
            </blockquote>
          ) : null}
        </div>
      )}
      {document.warning ? (
        <p class="note">
          <TextWarning warning={document.warning} />
        </p>
      ) : null}
      {citation.state === 'changed' && shown.mark ? <p class="note">{t('cite.changed')}</p> : null}
      {shown.from > 0 ? (
        <button type="button" class="quiet" onClick={() => show('before')}>
          {t('source.before')}
        </button>
      ) : null}
      <DocumentExcerpt document={document} shown={shown} top={3} />
      {shown.to < document.text.length ? (
        <button type="button" class="quiet" onClick={() => show('after')}>
          {t('source.after')}
        </button>
      ) : null}
    </section>
  );
}
