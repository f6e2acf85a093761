import { useEffect } from 'preact/hooks';
import { CollectionMenu } from '../collections/CollectionMenu';
import { canWrite } from '../collections/permissions';
import { t } from '../i18n';
import { FailedNote } from '../ui/ErrorNote';
import { useReached } from '../ui/hooks';
import { Skeleton } from '../ui/Skeleton';
import './documents.css';
import { choose, collections, collectionsError, current, loadCollections } from './collections';
import { DocumentRow } from './DocumentRow';
import { DropZone } from './DropZone';
import { JobProgress } from './JobProgress';
import {
  filter,
  filtered,
  items,
  LOOK,
  listError,
  loadMore,
  moving,
  NOTHING_FILTERED,
  refresh,
  refreshSoon,
  setFilter,
  state,
} from './list';
import { Toolbar } from './Toolbar';
import { UploadList } from './UploadList';

export function DocumentsPage() {
  const collection = current.value;
  useEffect(() => {
    if (collection) void refresh();
  }, [collection?.id]);
  const active = moving.value;
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && refreshSoon(), LOOK);
    return () => clearInterval(timer);
  }, [active]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="scroller" tabIndex={0} aria-label={t('documents.title')}>
      <div class="column documents">
        <header class="documents-head">
          <h1>{t('documents.title')}</h1>
          <CollectionSwitch />
        </header>
        {collectionsError.value ? (
          <FailedNote error={collectionsError.value} onRetry={() => void loadCollections(true)} />
        ) : null}
        {collection ? (
          <>
            {canWrite(collection) ? <DropZone collection={collection.id} /> : null}
            <UploadList />
            <JobProgress collection={collection.id} />
            <Toolbar />
            <List name={collection.name} />
          </>
        ) : null}
      </div>
    </section>
  );
}

function CollectionSwitch() {
  const all = collections.value;
  const n = current.value?.documents;
  return (
    <div class="documents-where">
      {all.length > 1 ? (
        <select
          aria-label={t('composer.collections')}
          value={current.value?.id}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {all.map((item) => (
            <option key={item.id} value={item.id}>
              {item.name}
            </option>
          ))}
        </select>
      ) : null}
      {n === undefined ? null : <span class="muted small">{t('documents.count', { n })}</span>}
      <CollectionMenu collection={current.value} />
    </div>
  );
}

function List({ name }: { name: string }) {
  const end = useReached<HTMLDivElement>(() => void loadMore(), state.value === 'more' && !listError.value);
  const none = state.value === 'end' && items.value.length === 0;
  return (
    <>
      {items.value.length ? (
        <ul class="document-list" aria-label={t('documents.list', { name })}>
          {items.value.map((item) => (
            <DocumentRow key={item.id} item={item} />
          ))}
        </ul>
      ) : null}
      {none ? <Nothing /> : null}
      {listError.value ? (
        <FailedNote error={listError.value} onRetry={() => void refresh(items.value.length > 0)} />
      ) : null}
      {state.value === 'loading' && !listError.value ? <Skeleton lines={6} /> : null}
      <div ref={end} />
    </>
  );
}

function Nothing() {
  if (!filtered.value) return <p class="muted">{t('documents.empty')}</p>;
  return (
    <p class="muted">
      {t('documents.none')}{' '}
      <button type="button" class="quiet" onClick={() => setFilter(NOTHING_FILTERED)}>
        {t('documents.clear')}
      </button>
      <span class="off-screen">{filter.value.query}</span>
    </p>
  );
}
