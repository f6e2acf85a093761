import { useState } from 'preact/hooks';
import { t } from '../i18n/accounts';
import { Field, invalid } from '../ui/Form';

/** Characters that a password has at least. */
const MIN_LENGTH = 12;

export interface NewPassword {
  first: string;
  second: string;
  setFirst: (value: string) => void;
  setSecond: (value: string) => void;
  /** The password; rejects with an ApiError what cannot be one. */
  required: () => string;
  clear: () => void;
}

export function useNewPassword(): NewPassword {
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const required = () => {
    if ([...first].length < MIN_LENGTH) throw invalid(t('password.short'));
    if (first !== second) throw invalid(t('password.differs'));
    return first;
  };
  const clear = () => {
    setFirst('');
    setSecond('');
  };
  return { first, second, setFirst, setSecond, required, clear };
}

/** A new password, typed twice. */
export function NewPasswordFields({ password, focus = false }: { password: NewPassword; focus?: boolean }) {
  return (
    <>
      <Field
        label={t('password.new')}
        type="password"
        value={password.first}
        onInput={password.setFirst}
        hint={t('password.hint')}
        autocomplete="new-password"
        required
        focus={focus}
      />
      <Field
        label={t('password.again')}
        type="password"
        value={password.second}
        onInput={password.setSecond}
        autocomplete="new-password"
        required
      />
    </>
  );
}
