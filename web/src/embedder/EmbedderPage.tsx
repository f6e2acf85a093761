import { useEffect } from 'preact/hooks';
import { t } from '../i18n';
import { FailedNote } from '../ui/ErrorNote';
import { notify } from '../ui/notifications';
import { Skeleton } from '../ui/Skeleton';
import '../operator/operator.css';
import './embedder.css';
import { OperatorSignIn } from '../operator/OperatorSignIn';
import { signedIn, signOut } from '../operator/operatorKey';
import { comparing } from './comparison';
import { type } from './estimate';
import { focusReembeddingHeading } from './headingFocus';
import { NewReembedding } from './NewReembedding';
import { ReembeddingSection } from './ReembeddingSection';
import { activeEmbedder, clearEmbedderState, inProgress, loadError, reembedding, refresh, watch } from './reembeddings';

/** Where the operator reembeddings the library to another embedder. */
export function EmbedderPage() {
  const leave = () => {
    signOut();
    clearEmbedderState();
    comparing.value = undefined;
    type({ name: '', price: '' });
    notify(t('operator.signedOut'));
    requestAnimationFrame(() => document.querySelector<HTMLElement>('#embedder-title')?.focus());
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="scroller" tabIndex={0} aria-label={t('embedder.title')}>
      <div class="column operator-page">
        <header class="operator-head">
          <h1 id="embedder-title" tabIndex={-1}>
            {t('embedder.title')}
          </h1>
          {signedIn.value ? (
            <button type="button" class="quiet" onClick={leave}>
              {t('operator.signOut')}
            </button>
          ) : null}
        </header>
        <p>{t('embedder.intro')}</p>
        {signedIn.value ? <Library /> : <OperatorSignIn onSignedIn={focusReembeddingHeading} />}
      </div>
    </section>
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
