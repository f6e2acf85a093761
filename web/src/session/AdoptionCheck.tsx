import { t } from '../i18n/accounts';
import { Check } from '../ui/Form';

interface Props {
  /** How many the reader has in this browser without an account. */
  conversations: number;
  adopts: boolean;
  onChange: (adopts: boolean) => void;
}

/** Asks whether the conversations of this browser move to the account: on a shared computer they may be somebody else's. */
export function AdoptionCheck({ conversations, adopts, onChange }: Props) {
  if (!conversations) return null;
  return (
    <Check
      label={t('signIn.adopt', { n: conversations })}
      hint={t('signIn.adoptHint')}
      checked={adopts}
      onChange={onChange}
    />
  );
}
