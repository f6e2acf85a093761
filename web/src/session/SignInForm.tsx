import { useEffect, useState } from 'preact/hooks';
import type { ApiError } from '../api/problem';
import { createSession } from '../api/session';
import type { Problem } from '../api/types';
import { t } from '../i18n/accounts';
import { Field, Form } from '../ui/Form';
import { follows, reloadAt } from '../ui/router';
import { AdoptionCheck } from './AdoptionCheck';
import { PasskeyButton } from './PasskeyButton';
import { hasPasskeys } from './passkey';
import { returnFromSignIn, session, user } from './session';

/** Why an identity provider has signed nobody in, as the server says it in the address. */
const FAILURES = new Map<string, Parameters<typeof t>[0]>([
  ['not_allowed', 'signIn.notAllowed'],
  ['provider_unavailable', 'signIn.providerUnavailable'],
  ['provider_refused', 'signIn.providerRefused'],
  ['server_failed', 'signIn.serverFailed'],
]);

/** Name and password, then the code of a second factor where the account has one. */
export function SignInForm() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string>();
  const [adopts, setAdopts] = useState(false);
  const {
    password: byPassword = true,
    passkeys = false,
    provider,
    needsSetup,
    conversations = 0,
    mode,
  } = session.value ?? {};
  useEffect(() => {
    if (user.value) reloadAt('/');
  }, []);
  const signIn = async () => {
    try {
      const adoptConversations = conversations > 0 && adopts;
      await createSession({ name: name.trim(), password, adoptConversations, ...(code ? { code: code.trim() } : {}) });
    } catch (thrown) {
      if (code !== undefined || (thrown as ApiError).code !== 'second_factor_required') throw thrown;
      setCode('');
      return;
    }
    returnFromSignIn();
  };
  const restart = () => {
    setCode(undefined);
    setPassword('');
  };
  const failure =
    code === undefined ? FAILURES.get(new URLSearchParams(location.search).get('error') ?? '') : undefined;
  const home = follows({ page: 'home' });
  return (
    <>
      <h1>{t('signIn.title')}</h1>
      {failure ? (
        <p class="note bad" role="alert">
          {t(failure)}
        </p>
      ) : null}
      {needsSetup ? <p class="note">{t('signIn.needsSetup')}</p> : null}
      {mode === 'private' && code === undefined ? <p class="muted">{t('signIn.text')}</p> : null}
      {code === undefined ? null : <p>{t('signIn.codeText')}</p>}
      {byPassword ? (
        <Form
          key={code === undefined ? 'password' : 'code'}
          onSubmit={signIn}
          action={{ rest: t('signIn.do'), busy: t('signIn.doing') }}
          describe={(error) => refusalOf(error, code !== undefined)}
        >
          {code === undefined ? (
            <>
              <Field
                label={t('signIn.name')}
                value={name}
                onInput={setName}
                autocomplete="username"
                required
                plain
                focus
              />
              <Field
                label={t('signIn.password')}
                type="password"
                value={password}
                onInput={setPassword}
                autocomplete="current-password"
                required
              />
              <AdoptionCheck conversations={conversations} adopts={adopts} onChange={setAdopts} />
            </>
          ) : (
            <Field
              label={t('signIn.code')}
              value={code}
              onInput={setCode}
              autocomplete="one-time-code"
              required
              plain
              focus
            />
          )}
        </Form>
      ) : null}
      {passkeys && hasPasskeys() ? (
        <>
          {byPassword ? <p class="gate-or">{t('signIn.or')}</p> : null}
          <PasskeyButton adopts={conversations > 0 && adopts} onSignedIn={returnFromSignIn} />
        </>
      ) : null}
      {provider && code === undefined ? (
        <>
          {byPassword && !(passkeys && hasPasskeys()) ? <p class="gate-or">{t('signIn.or')}</p> : null}
          <a
            class={byPassword ? 'button' : 'button primary'}
            href={providerAddress(provider.href, conversations > 0 && adopts)}
          >
            {t('signIn.with', { name: provider.name })}
          </a>
        </>
      ) : null}
      {byPassword && code === undefined ? <p class="muted small">{t('signIn.forgotten')}</p> : null}
      <div class="gate-links">
        {code === undefined ? null : (
          <button type="button" class="quiet" onClick={restart}>
            {t('signIn.back')}
          </button>
        )}
        {mode === 'private' ? null : (
          <a href={home.href} onClick={home.onClick}>
            {t('signIn.continue')}
          </a>
        )}
      </div>
    </>
  );
}

/** The provider's page comes in between, so that the choice goes with the address. */
function providerAddress(href: string, adopts: boolean): string {
  return adopts ? `${href}${href.includes('?') ? '&' : '?'}adoptConversations=true` : href;
}

/** What is wrong in the reader's language, without the id of a request that nobody has to look up; other errors as the server says them. */
function refusalOf({ code, problem }: ApiError, atCode: boolean): Problem {
  if (code === 'sign_in_unavailable') return { ...problem, detail: t('signIn.codeUnavailable') };
  if (code !== 'unauthenticated' && code !== 'second_factor_required') return problem;
  const { requestId: _, ...rest } = problem;
  return { ...rest, detail: t(atCode ? 'signIn.codeWrong' : 'signIn.wrong') };
}
