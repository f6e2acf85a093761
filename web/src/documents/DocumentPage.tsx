import './documents.css';
import './document.css';
import { useEffect, useState } from 'preact/hooks';
import { contentAddress, getDocument, reingest, setTags } from '../api/library';
import { type ApiError, asApiError } from '../api/problem';
import type { DocumentItem } from '../api/types';
import { t } from '../i18n';
import { TagEditor } from '../tags/TagEditor';
import { usedTags } from '../tags/tags';
import { FailedNote } from '../ui/ErrorNote';
import { Icon } from '../ui/Icon';
import { notify } from '../ui/notifications';
import { pageTitle } from '../ui/pageTitle';
import { follows } from '../ui/router';
import { Skeleton } from '../ui/Skeleton';
import { useLoaded } from '../ui/useLoaded';
import { placeOf } from './DocumentRow';
import { formatName } from './fieldWords';
import { Metadata } from './Metadata';
import { NoticeList } from './Notices';
import { StatusLabel } from './StatusLabel';
import { TextSection } from './TextSection';
import { TextWarning } from './TextWarning';

/** Milliseconds between looks at a document that is being read. */
const LOOK = 4000;

/** A document with everything that is known of it: what it says of itself, how it was read, its tags and its text. */
export function DocumentPage({ id }: { id: string }) {
  const { value: item, error, retry, refresh, replace } = useLoaded((signal) => getDocument(id, signal), [id]);
  const moving = item?.status === 'queued' || item?.status === 'running';
  useEffect(() => {
    pageTitle.value = item?.title;
  }, [item?.title]);
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && refresh(), LOOK);
    return () => clearInterval(timer);
  }, [moving]);
  const documents = follows({ page: 'documents' });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="scroller" tabIndex={0} aria-label={item?.title ?? t('documents.title')}>
      <div class="column document-page">
        <a class="back" href={documents.href} onClick={documents.onClick}>
          <Icon name="left" />
          {t('documents.title')}
        </a>
        {error ? <FailedNote error={error} onRetry={retry} /> : null}
        {item ? <Content item={item} replace={replace} refresh={refresh} /> : error ? null : <Skeleton lines={12} />}
      </div>
    </section>
  );
}

interface ContentProps {
  item: DocumentItem;
  replace: (item: DocumentItem) => void;
  refresh: () => void;
}

function Content({ item, replace, refresh }: ContentProps) {
  const { id, collectionId } = item;
  return (
    <>
      <header class="document-head">
        <h1 dir="auto">{item.title}</h1>
        <p class="muted small" dir="auto">
          {[placeOf(item.uri), item.mediaType ? formatName(item.mediaType) : ''].filter(Boolean).join(' · ')}
        </p>
        <p class="document-facts">
          {item.status === 'done' ? (
            <span class="muted small">{t('documents.passages', { n: item.passages })}</span>
          ) : (
            <StatusLabel status={item.status} />
          )}
          <a class="small original" href={contentAddress(id)} target="_blank" rel="noopener">
            {t('source.original')}
            <Icon name="external" />
          </a>
        </p>
      </header>
      {item.status === 'failed' ? <Failed item={item} onReading={refresh} /> : null}
      {item.status === 'failed' ? null : <TextWarning warning={item.warning} />}
      <NoticeList notices={item.notices} />
      <section class="document-part" aria-labelledby="document-tags">
        <h2 id="document-tags" class="small-head">
          {t('documents.tags')}
        </h2>
        <TagEditor
          tags={item.tags ?? []}
          inherited={item.inheritedTags ?? []}
          onSave={async (tags) => replace(await setTags(id, tags))}
          {...(collectionId ? { suggest: () => usedTags(collectionId) } : {})}
        />
      </section>
      <Metadata metadata={item.metadata} />
      {item.version > 0 ? <TextSection key={`${id}/${item.version}`} id={id} /> : null}
    </>
  );
}

/** Why it could not be read, with another try. */
function Failed({ item, onReading }: { item: DocumentItem; onReading: () => void }) {
  const [error, setError] = useState<ApiError>();
  const readAgain = async () => {
    try {
      await reingest(item.id);
      notify(t('documents.reingested', { n: 1 }));
      onReading();
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <>
      <div class="note bad">
        <Icon name="warning" />
        <div>
          <p>{item.reason ?? t('status.failed')}</p>
          <div class="note-actions">
            <button type="button" class="quiet" onClick={() => void readAgain()}>
              {t('documents.retry')}
            </button>
          </div>
        </div>
      </div>
      {error ? <FailedNote error={error} /> : null}
    </>
  );
}
