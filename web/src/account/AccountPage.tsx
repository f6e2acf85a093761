import { useEffect } from 'preact/hooks';
import { getAccount } from '../api/account';
import { t } from '../i18n/accounts';
import { KeysSection } from '../keys/KeysSection';
import { goToSignIn, session, signOut, user } from '../session/session';
import { FailedNote } from '../ui/ErrorNote';
import { useSubmission } from '../ui/Form';
import { Skeleton } from '../ui/Skeleton';
import { useLoaded } from '../ui/useLoaded';
import '../operator/operator.css';
import './account.css';
import { DataSection } from './DataSection';
import { PasskeysSection } from './PasskeysSection';
import { PasswordSection } from './PasswordSection';
import { ProfileSection } from './ProfileSection';
import { SecondFactorSection } from './SecondFactorSection';
import { SessionsSection } from './SessionsSection';

/** One's own account. */
export function AccountPage() {
  const person = user.value;
  const loaded = useLoaded(person ? (signal) => getAccount(signal) : undefined, [person?.id]);
  const leaving = useSubmission(signOut);
  const known = session.value !== undefined;
  useEffect(() => {
    if (known && !person) goToSignIn();
  }, [known, person]);
  const account = loaded.value;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="scroller" tabIndex={0} aria-label={t('account.title')}>
      <div class="column operator-page account">
        <header class="operator-head">
          <h1>{t('account.title')}</h1>
          <button type="button" aria-disabled={leaving.busy} onClick={() => void leaving.submit()}>
            {t('account.signOut')}
          </button>
        </header>
        {leaving.error ? <FailedNote error={leaving.error} /> : null}
        {loaded.error ? <FailedNote error={loaded.error} onRetry={loaded.retry} /> : null}
        {account ? (
          <>
            <p class="muted">
              {t('account.signedInAs', { name: account.name })} · {t(`account.role.${account.role}`)}
            </p>
            <ProfileSection account={account} onChange={loaded.replace} />
            <PasswordSection account={account} />
            {account.hasPassword ? <SecondFactorSection account={account} onChange={loaded.refresh} /> : null}
            {account.hasPassword ? <PasskeysSection account={account} /> : null}
            <SessionsSection />
            <KeysSection owner={account.id} />
            <DataSection account={account} />
          </>
        ) : loaded.error ? null : (
          <Skeleton lines={8} />
        )}
      </div>
    </section>
  );
}
