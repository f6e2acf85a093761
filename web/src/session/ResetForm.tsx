import { resetPassword } from '../api/session';
import { t } from '../i18n/accounts';
import { Form } from '../ui/Form';
import { notify } from '../ui/notifications';
import { go } from '../ui/router';
import { NewPasswordFields, useNewPassword } from './NewPassword';
import { linkRefusal, oneTimeToken } from './oneTimeToken';

/** A new password, with the link that an administrator has made. */
export function ResetForm() {
  const password = useNewPassword();
  const token = oneTimeToken();
  const save = async () => {
    await resetPassword(token, password.required());
    go({ page: 'sign-in' }, true);
    notify(t('reset.done'));
  };
  return (
    <>
      <h1>{t('reset.title')}</h1>
      <p class="muted">{t('reset.text')}</p>
      {token ? (
        <Form
          onSubmit={save}
          action={{ rest: t('reset.do'), busy: t('reset.doing') }}
          describe={(error) => linkRefusal(error, t('reset.invalid'))}
        >
          <NewPasswordFields password={password} focus />
        </Form>
      ) : (
        <p class="note bad">{t('link.missing')}</p>
      )}
    </>
  );
}
