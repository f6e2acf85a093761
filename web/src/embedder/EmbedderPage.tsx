import { useEffect } from 'preact/hooks';
import { t } from '../i18n';
import { FailedNote } from '../ui/ErrorNote';
import { say } from '../ui/notice';
import { Skeleton } from '../ui/Skeleton';
import './embedder.css';
import { comparing } from './comparing';
import { type } from './estimate';
import { MoveSection } from './MoveSection';
import { atWork, forget, loadError, look, move, present, watch } from './moves';
import { NewMove } from './NewMove';
import { signedIn, signOut } from './operator';
import { SignIn } from './SignIn';

/** Where the operator moves the library to another embedder. */
export function EmbedderPage() {
  const leave = () => {
    signOut();
    forget();
    comparing.value = undefined;
    type({ name: '', price: '' });
    say(t('operator.signedOut'));
    requestAnimationFrame(() => document.querySelector<HTMLElement>('#embedder-title')?.focus());
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="scroller" tabIndex={0} aria-label={t('embedder.title')}>
      <div class="column embedder">
        <header class="embedder-head">
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
        {signedIn.value ? <Library /> : <SignIn />}
      </div>
    </section>
  );
}

function Library() {
  const busy = atWork.value;
  useEffect(() => void look(), []);
  useEffect(() => watch(busy), [busy]);
  const now = present.value;
  const error = loadError.value;
  return (
    <>
      {error ? <FailedNote error={error} onRetry={() => void look()} /> : null}
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
          {move.value ? <MoveSection move={move.value} /> : <NewMove />}
        </>
      ) : error ? null : (
        <Skeleton lines={6} />
      )}
    </>
  );
}
