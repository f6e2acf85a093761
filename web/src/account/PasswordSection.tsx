import { useState } from 'preact/hooks';
import { type Account, changePassword } from '../api/account';
import type { ApiError } from '../api/problem';
import type { Problem } from '../api/types';
import { t } from '../i18n/accounts';
import { NewPasswordFields, useNewPassword } from '../session/NewPassword';
import { loadSession } from '../session/session';
import { Field, Form } from '../ui/Form';
import { notify } from '../ui/notifications';

export function PasswordSection({ account }: { account: Account }) {
  const [current, setCurrent] = useState('');
  const password = useNewPassword();
  const change = async () => {
    await changePassword(current, password.required());
    setCurrent('');
    password.clear();
    // The session has another token now.
    await loadSession();
    notify(t('account.passwordChanged'));
  };
  return (
    <section class="part" aria-labelledby="password-title">
      <h2 id="password-title">{t('account.password')}</h2>
      <p class="small">{t(account.hasPassword ? 'account.passwordText' : 'account.passwordNone')}</p>
      {account.hasPassword ? (
        <Form
          onSubmit={change}
          action={{ rest: t('account.changePassword'), busy: t('account.saving'), plain: true }}
          describe={wrongPassword}
        >
          {/* Lets a password manager know whose password it is. */}
          <input
            type="text"
            class="off-screen"
            autocomplete="username"
            value={account.name}
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
          <Field
            label={t('account.current')}
            type="password"
            value={current}
            onInput={setCurrent}
            autocomplete="current-password"
            required
          />
          <NewPasswordFields password={password} />
        </Form>
      ) : null}
    </section>
  );
}

/** The refusal of the present password, in the reader's language. */
export function wrongPassword({ code, problem }: ApiError): Problem {
  const wrong =
    code === 'invalid_request' && problem.errors?.some(({ field }) => field === 'current' || field === 'password');
  // A new password that is not good enough is wrong in the field `password`, too: the server says why.
  return wrong && /present password/.test(problem.detail ?? '')
    ? { ...problem, detail: t('account.currentWrong') }
    : problem;
}
