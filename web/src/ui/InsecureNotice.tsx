import { t } from '../i18n';

/** Says that others can read along. The browser knows: a page that came by HTTPS or from this machine is a secure context. */
export function InsecureNotice() {
  if (window.isSecureContext !== false) return null;
  return (
    <p class="insecure" role="note">
      {t('app.insecure')}
    </p>
  );
}
