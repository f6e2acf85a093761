import { t } from '../i18n';
import { Icon } from './Icon';

/** Says that others can read along. The browser knows: a page that came by HTTPS or from this machine is a secure context. */
export function InsecureNotice() {
  if (window.isSecureContext !== false) return null;
  return (
    <aside class="insecure">
      <Icon name="warning" />
      <p>{t('app.insecure')}</p>
    </aside>
  );
}
