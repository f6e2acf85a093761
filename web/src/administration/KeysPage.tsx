import { t as tKeys } from '../i18n/accounts';
import { t } from '../i18n/administration';
import { KeyList } from '../keys/KeysSection';
import { OperatorPage } from '../operator/OperatorPage';

/** All API keys of the server. */
export function KeysPage() {
  return (
    <OperatorPage name="keys" title={t('admin.keys')} intro={tKeys('apiKeys.text')}>
      <KeyList />
    </OperatorPage>
  );
}
