import type { Answer } from '../api/types';
import { isKey, type Key, t } from '../i18n';

/** One sentence each: that another model or quotation stepped in, that the text is cut off, and that sources are perhaps not up to date. */
export function originNotes(answer: Answer | undefined): string[] {
  const notes: string[] = [];
  if (answer?.fallback) {
    const { model, status } = answer;
    const reason = t(known(`fallback.${answer.fallback.reason}`, 'fallback.other'));
    if (status === 'abstained') notes.push(t('fallback.abstained', { reason }));
    else if (!model || model === 'extractive') notes.push(t('fallback.quoted', { reason }));
    else notes.push(t('fallback.model', { model, reason }));
  }
  if (answer?.truncated) notes.push(t(known(`truncated.${answer.truncated}`, 'truncated.other')));
  const outdated = new Set(answer?.citations?.filter((one) => one.warning).map((one) => one.documentId));
  if (outdated.size) notes.push(t('warning.count', { n: outdated.size }));
  return notes;
}

/** A server that is newer than this page may have other reasons. */
function known(key: string, other: Key): Key {
  return isKey(key) ? key : other;
}
