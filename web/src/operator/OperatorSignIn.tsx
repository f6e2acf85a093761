import type { ApiError } from '../api/problem';
import type { Problem } from '../api/types';
import { t } from '../i18n/administration';
import { OneFieldForm } from './OneFieldForm';
import { isRefusal, refused, signIn } from './operatorKey';

/** Asks for the content of the key file. It is nowhere but in this field and in the memory of the tab. */
export function OperatorSignIn({ onSignedIn }: { onSignedIn: () => void }) {
  return (
    <>
      <p>{t('operator.text')}</p>
      <OneFieldForm
        type="password"
        label={t('operator.key')}
        hint={t('operator.where')}
        action={{ rest: t('operator.signIn'), busy: t('operator.signingIn'), primary: true }}
        onSubmit={async (key) => {
          await signIn(key);
          onSignedIn();
        }}
        earlier={refused.value}
        describe={refusalOf}
      />
    </>
  );
}

/** A wrong key in the reader's language; anything else as the server says it. */
function refusalOf(error: ApiError): Problem {
  return isRefusal(error) ? { ...error.problem, detail: t('operator.wrong') } : error.problem;
}
