import { useState } from 'preact/hooks';
import { setUp } from '../api/session';
import { t } from '../i18n/accounts';
import { Field, Form } from '../ui/Form';
import { reloadAt } from '../ui/router';
import { AdoptionCheck } from './AdoptionCheck';
import { NewPasswordFields, useNewPassword } from './NewPassword';
import { linkRefusal, oneTimeToken } from './oneTimeToken';
import { session } from './session';

/** The first administrator of a server, who is signed in afterwards. */
export function SetupForm() {
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [adopts, setAdopts] = useState(false);
  const password = useNewPassword();
  const { conversations = 0 } = session.value ?? {};
  const token = oneTimeToken();
  const create = async () => {
    await setUp({
      token,
      name: name.trim(),
      password: password.required(),
      ...(displayName.trim() ? { displayName: displayName.trim() } : {}),
      ...(conversations > 0 && adopts ? { adoptConversations: true } : {}),
    });
    reloadAt('/');
  };
  return (
    <>
      <h1>{t('setup.title')}</h1>
      <p class="muted">{t('setup.text')}</p>
      {token ? (
        <Form
          onSubmit={create}
          action={{ rest: t('setup.do'), busy: t('setup.doing') }}
          describe={(error) => linkRefusal(error, t('setup.invalid'))}
        >
          <Field label={t('signIn.name')} value={name} onInput={setName} autocomplete="username" required plain focus />
          <Field
            label={t('setup.displayName')}
            value={displayName}
            onInput={setDisplayName}
            hint={t('setup.displayNameHint')}
            autocomplete="name"
          />
          <NewPasswordFields password={password} />
          <AdoptionCheck conversations={conversations} adopts={adopts} onChange={setAdopts} />
        </Form>
      ) : (
        <p class="note bad">{t('link.missing')}</p>
      )}
    </>
  );
}
