import './embedder.css';
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/administration';
import { OperatorPage } from '../operator/OperatorPage';
import { FailedNote } from '../ui/ErrorNote';
import { Skeleton } from '../ui/Skeleton';
import { comparing } from './comparison';
import { type } from './estimate';
import { focusReembeddingHeading } from './headingFocus';
import { NewReembedding } from './NewReembedding';
import { ReembeddingSection } from './ReembeddingSection';
import { activeEmbedder, clearEmbedderState, inProgress, loadError, reembedding, refresh, watch } from './reembeddings';

/** Where the operator re-embeds the library with another embedder. */
export function EmbedderPage() {
  const forget = () => {
    clearEmbedderState();
    comparing.value = undefined;
    type({ name: '', price: '' });
  };
  return (
    <OperatorPage
      name="embedder"
      title={t('embedder.title')}
      intro={t('embedder.intro')}
      onSignedIn={focusReembeddingHeading}
      onSignOut={forget}
    >
      <Library />
    </OperatorPage>
  );
}

function Library() {
  const busy = inProgress.value;
  useEffect(() => void refresh(), []);
  useEffect(() => watch(busy), [busy]);
  const now = activeEmbedder.value;
  const error = loadError.value;
  return (
    <>
      {error ? <FailedNote error={error} onRetry={() => void refresh()} /> : null}
      {now ? (
        <>
          <dl class="facts names">
            <div>
              <dt>{t('embedder.present')}</dt>
              <dd>
                <code>{now.name}</code>
              </dd>
            </div>
          </dl>
          {now.name === now.configured ? null : <p class="note">{t('embedder.setting', { ...now })}</p>}
          {reembedding.value ? <ReembeddingSection reembedding={reembedding.value} /> : <NewReembedding />}
        </>
      ) : error ? null : (
        <Skeleton lines={6} />
      )}
    </>
  );
}
