import type { UserRole } from '../api/session';
import { t } from '../i18n/administration';
import { Choice } from '../ui/Form';

interface Props {
  role: UserRole;
  onChange: (role: UserRole) => void;
}

export function RoleChoice({ role, onChange }: Props) {
  return (
    <div>
      <Choice
        label={t('people.role')}
        value={role}
        options={[
          ['user', t('people.role.user')],
          ['administrator', t('people.role.administrator')],
        ]}
        onChange={onChange}
      />
      <p class="muted form-hint" role="status">
        {t(`people.roleHint.${role}`)}
      </p>
    </div>
  );
}
