import { useState } from 'preact/hooks';
import { type ApiError, asApiError } from '../api/problem';
import { t } from '../i18n';
import { ErrorNote } from '../ui/ErrorNote';
import { isRefusal, refused, signIn } from './operatorKey';

/** Asks for the content of the key file. It is nowhere but in this field and in the memory of the tab. */
export function OperatorSignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<ApiError>();
  const error = failed ?? refused.value;
  const submit = async () => {
    setBusy(true);
    setFailed(undefined);
    await signIn(typed).then(onSignedIn, (thrown: unknown) => setFailed(asApiError(thrown)));
    setBusy(false);
  };
  return (
    <form
      class="operator"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p>{t('operator.text')}</p>
      <label class="field">
        <span>{t('operator.key')}</span>
        <input
          type="password"
          value={typed}
          required
          autocomplete="off"
          spellcheck={false}
          aria-describedby="operator-where"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <p class="muted hint" id="operator-where">
        {t('operator.where')}
      </p>
      {error && !busy ? <Refusal error={error} /> : null}
      <div>
        <button type="submit" class="primary" aria-disabled={busy}>
          {t(busy ? 'operator.signingIn' : 'operator.signIn')}
        </button>
      </div>
    </form>
  );
}

/** A wrong key in the reader's language; anything else as the server says it. */
function Refusal({ error }: { error: ApiError }) {
  const problem = isRefusal(error) ? { ...error.problem, detail: t('operator.wrong') } : error.problem;
  return <ErrorNote problem={problem} retryAfter={error.retryAfter} />;
}
