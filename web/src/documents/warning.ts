import type { DocumentWarning } from '../api/types';
import { isKey, language, t } from '../i18n';

/** What is to be known about a text, in the reader's language; a warning of a newer server in the server's words. */
export function warningWords(warning: DocumentWarning): string {
  const key = `warning.${warning.code}`;
  const since = new Date(warning.since);
  if (!isKey(key) || Number.isNaN(since.getTime())) return warning.detail;
  return t(key, { date: since.toLocaleDateString(language(), { dateStyle: 'medium' }) });
}
