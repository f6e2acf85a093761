import { useEffect } from 'preact/hooks';
import { choose, collections, collectionsError, current, loadCollections } from '../documents/collections';
import { t } from '../i18n';
import { OperatorSignIn } from '../operator/OperatorSignIn';
import { signedIn, signOut } from '../operator/operatorKey';
import { FailedNote } from '../ui/ErrorNote';
import { notify } from '../ui/notifications';
import { Skeleton } from '../ui/Skeleton';
import '../operator/operator.css';
import './sources.css';
import { AddSource } from './AddSource';
import { SourceSection } from './SourceSection';
import { clearSources, loadError, refresh, sources, watch } from './sources';

/** Where the operator says which folders are kept up with, and sees what was left out of them and why. */
export function SourcesPage() {
  const collection = current.value;
  const leave = () => {
    signOut();
    clearSources();
    notify(t('operator.signedOut'));
    focusTitle();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="scroller" tabIndex={0} aria-label={t('sources.title')}>
      <div class="column operator-page">
        <header class="operator-head">
          <h1 id="sources-title" tabIndex={-1}>
            {t('sources.title')}
          </h1>
          {signedIn.value ? (
            <button type="button" class="quiet" onClick={leave}>
              {t('operator.signOut')}
            </button>
          ) : null}
        </header>
        <p>{t('sources.intro')}</p>
        {collectionsError.value ? (
          <FailedNote error={collectionsError.value} onRetry={() => void loadCollections(true)} />
        ) : null}
        {signedIn.value ? (
          collection ? (
            <Sources key={collection.id} collection={collection.id} />
          ) : null
        ) : (
          <OperatorSignIn onSignedIn={focusTitle} />
        )}
      </div>
    </section>
  );
}

/** The control that was pressed is gone. */
function focusTitle(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('#sources-title')?.focus());
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
