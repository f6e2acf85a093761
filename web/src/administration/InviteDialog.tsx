import { useState } from 'preact/hooks';
import { createPasswordLink, createUser, type OneTimeLink, type User } from '../api/people';
import type { UserRole } from '../api/session';
import { t } from '../i18n/administration';
import { withOperatorKey } from '../operator/operatorKey';
import { Dialog } from '../ui/Dialog';
import { Field, Form } from '../ui/Form';
import { RoleChoice } from './RoleChoice';

interface Props {
  onClose: () => void;
  onInvited: (user: User, link: OneTimeLink) => void;
}

/** A new account, with a link by which its owner chooses a password. */
export function InviteDialog({ onClose, onInvited }: Props) {
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<UserRole>('user');
  const invite = async () => {
    const made = {
      name: name.trim(),
      role,
      ...(displayName.trim() ? { displayName: displayName.trim() } : {}),
      ...(email.trim() ? { email: email.trim() } : {}),
    };
    const { invitation, ...user } = await withOperatorKey((key) => createUser(key, made));
    onInvited(user, invitation ?? (await withOperatorKey((key) => createPasswordLink(key, user.id))));
  };
  return (
    <Dialog title={t('people.invite')} onClose={onClose}>
      <Form
        onSubmit={invite}
        action={{ rest: t('people.invite'), busy: t('people.inviting') }}
        onCancel={{ label: t('admin.cancel'), do: onClose }}
      >
        <Field
          label={t('people.name')}
          value={name}
          onInput={setName}
          hint={t('people.nameHint')}
          autocomplete="off"
          maxLength={100}
          required
          plain
          focus
        />
        <Field label={t('people.displayName')} value={displayName} onInput={setDisplayName} autocomplete="off" />
        <Field label={t('people.email')} type="email" value={email} onInput={setEmail} autocomplete="off" />
        <RoleChoice role={role} onChange={setRole} />
      </Form>
    </Dialog>
  );
}
