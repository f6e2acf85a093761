import './sources.css';
import { useEffect } from 'preact/hooks';
import { choose, collections, collectionsError, current, loadCollections } from '../documents/collections';
import { t } from '../i18n/administration';
import { focusTitle, OperatorPage } from '../operator/OperatorPage';
import { FailedNote } from '../ui/ErrorNote';
import { Skeleton } from '../ui/Skeleton';
import { AddSource } from './AddSource';
import { SourceSection } from './SourceSection';
import { clearSources, loadError, refresh, sources, watch } from './sources';

/** Where the operator says which folders are kept up with, and sees what was left out of them and why. */
export function SourcesPage() {
  const collection = current.value;
  const error = collectionsError.value;
  return (
    <OperatorPage
      name="sources"
      title={t('sources.title')}
      intro={t('sources.intro')}
      onSignedIn={() => focusTitle('sources')}
      onSignOut={clearSources}
      note={error ? <FailedNote error={error} onRetry={() => void loadCollections(true)} /> : null}
    >
      {collection ? <Sources key={collection.id} collection={collection.id} /> : null}
    </OperatorPage>
  );
}

function Sources({ collection }: { collection: string }) {
  useEffect(() => {
    clearSources();
    return watch(collection);
  }, [collection]);
  const all = sources.value;
  const error = loadError.value;
  return (
    <>
      <CollectionField />
      <AddSource collection={collection} />
      {error ? <FailedNote error={error} onRetry={() => void refresh(collection)} /> : null}
      {all?.map((source) => (
        <SourceSection key={source.id} source={source} collection={collection} />
      ))}
      {all?.length === 0 ? <p class="muted">{t('sources.none')}</p> : null}
      {all || error ? null : <Skeleton lines={6} />}
    </>
  );
}

function CollectionField() {
  if (collections.value.length < 2) return null;
  return (
    <label class="field">
      <span>{t('composer.collections')}</span>
      <select value={current.value?.id} onChange={(event) => choose(event.currentTarget.value)}>
        {collections.value.map((item) => (
          <option key={item.id} value={item.id}>
            {item.name}
          </option>
        ))}
      </select>
    </label>
  );
}
