import type { ReadingNotice } from '../api/types';
import { isKey, t } from '../i18n';

/** What readers should know without asking: something of the text is missing or may be wrong. */
const SERIOUS = new Set([
  'scanned_pages',
  'unrecognised_pages',
  'recognised_pages',
  'unreadable_attachments',
  'past_limit',
  'unreadable_characters',
  'formulas_without_result',
  'damaged_pages',
]);

/** A notice in the reader's language; one of a newer server in the server's words. */
export function noticeWords(notice: ReadingNotice): string {
  const key = `notice.${notice.kind}`;
  if (!isKey(key)) return notice.text;
  const words = t(key, { n: notice.count, total: notice.total ?? notice.count });
  return notice.detail ? `${words.slice(0, -1)}: ${notice.detail}.` : words;
}

/** The serious ones first. */
export function sortNotices(notices: ReadingNotice[]): ReadingNotice[] {
  return [...notices.filter(isSerious), ...notices.filter((one) => !isSerious(one))];
}

export function isSerious(notice: ReadingNotice): boolean {
  return SERIOUS.has(notice.kind);
}
