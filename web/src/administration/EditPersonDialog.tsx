import { useState } from 'preact/hooks';
import { changeUser, type User } from '../api/people';
import { t } from '../i18n/administration';
import { withOperatorKey } from '../operator/operatorKey';
import { loadSession, user as reader } from '../session/session';
import { Dialog } from '../ui/Dialog';
import { Field, Form } from '../ui/Form';
import { notify } from '../ui/notifications';
import { RoleChoice } from './RoleChoice';

interface Props {
  user: User;
  onClose: () => void;
  onSaved: () => void;
}

export function EditPersonDialog({ user, onClose, onSaved }: Props) {
  const [displayName, setDisplayName] = useState(user.displayName);
  const [email, setEmail] = useState(user.email ?? '');
  const [role, setRole] = useState(user.role);
  const save = async () => {
    const change = {
      ...(displayName.trim() === user.displayName ? {} : { displayName: displayName.trim() }),
      ...(email.trim() === (user.email ?? '') ? {} : { email: email.trim() }),
      ...(role === user.role ? {} : { role }),
    };
    if (Object.keys(change).length) await withOperatorKey((key) => changeUser(key, user.id, change));
    if (user.id === reader.value?.id) void loadSession();
    notify(t('people.saved'));
    onSaved();
  };
  return (
    <Dialog title={t('people.editOf', { name: user.displayName })} onClose={onClose}>
      <Form
        onSubmit={save}
        action={{ rest: t('admin.save'), busy: t('admin.saving') }}
        onCancel={{ label: t('admin.cancel'), do: onClose }}
      >
        <Field label={t('people.displayName')} value={displayName} onInput={setDisplayName} autocomplete="off" focus />
        <Field label={t('people.email')} type="email" value={email} onInput={setEmail} autocomplete="off" />
        <RoleChoice role={role} onChange={setRole} />
      </Form>
    </Dialog>
  );
}
