import { createSessionWithPasskey, createSignInOptions } from '../api/passkeys';
import type { ApiError } from '../api/problem';
import type { Problem } from '../api/types';
import { t } from '../i18n/accounts';
import { ErrorNote } from '../ui/ErrorNote';
import { useSubmission } from '../ui/Form';
import { Icon } from '../ui/Icon';
import { usePasskey } from './passkey';

interface Props {
  /** Whether the conversations of this browser move to the account. */
  adopts: boolean;
  onSignedIn: () => void;
}

/** Signs in with a passkey, which replaces the password and the code. */
export function PasskeyButton({ adopts, onSignedIn }: Props) {
  const { busy, error, submit } = useSubmission(async () => {
    const { challengeId, publicKey } = await createSignInOptions();
    await createSessionWithPasskey(challengeId, await usePasskey(publicKey), adopts);
    onSignedIn();
  });
  return (
    <div class="form">
      {error && !busy ? <ErrorNote problem={passkeyProblem(error)} retryAfter={error.retryAfter} /> : null}
      <button type="button" aria-disabled={busy} onClick={() => void submit()}>
        <Icon name="key" />
        {t('signIn.passkey')}
      </button>
    </div>
  );
}

/** What went wrong with a passkey, in the reader's language; other errors as the server says them. */
export function passkeyProblem({ code, problem }: ApiError): Problem {
  switch (code) {
    case 'passkey_cancelled':
      return { ...problem, detail: t('passkey.cancelled') };
    case 'passkey_known':
      return { ...problem, detail: t('passkey.known') };
    case 'passkey_failed':
      return { ...problem, detail: t('passkey.failed', { name: problem.detail ?? '' }) };
    case 'unauthenticated': {
      // Without the id of a request that nobody has to look up.
      const { requestId: _, ...rest } = problem;
      return { ...rest, detail: t('passkey.refused') };
    }
    default:
      return problem;
  }
}
