import { useState } from 'preact/hooks';
import { type Account, changeAccount } from '../api/account';
import { t } from '../i18n/accounts';
import { loadSession } from '../session/session';
import { Field, Form } from '../ui/Form';
import { notify } from '../ui/notifications';

interface Props {
  account: Account;
  onChange: (account: Account) => void;
}

export function ProfileSection({ account, onChange }: Props) {
  const [displayName, setDisplayName] = useState(account.displayName);
  const [email, setEmail] = useState(account.email ?? '');
  const save = async () => {
    onChange({ ...account, ...(await changeAccount({ displayName: displayName.trim(), email: email.trim() })) });
    void loadSession();
    notify(t('account.saved'));
  };
  return (
    <section class="part" aria-labelledby="profile-title">
      <h2 id="profile-title">{t('account.profile')}</h2>
      <Form onSubmit={save} action={{ rest: t('account.save'), busy: t('account.saving'), plain: true }}>
        <Field
          label={t('account.displayName')}
          value={displayName}
          onInput={setDisplayName}
          autocomplete="name"
          required
        />
        <Field label={t('account.email')} type="email" value={email} onInput={setEmail} autocomplete="email" />
      </Form>
    </section>
  );
}
