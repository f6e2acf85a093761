import type { DocumentProgress, Job } from '../api/types';
import { t } from '../i18n';
import { formatRemainingTime } from '../ui/remainingTime';

/** Documents of a job that are named, each with a line of its own. */
const NAMED = 3;

/** “1,200 of 10,000 passages · about 3 minutes left”, or the phase in which there are no figures. */
export function progressWords({ phase, passages, remainingSeconds }: DocumentProgress): string {
  if (phase !== 'embedding' || !passages.total) return t(phase === 'storing' ? 'progress.storing' : 'progress.reading');
  return [t('upload.passages', { done: passages.done, n: passages.total }), formatRemainingTime(remainingSeconds)]
    .filter(Boolean)
    .join(' · ');
}

/** The documents that keep a job busy: those whose passages are counted, or the only one that is left. */
export function namedDocuments({ running = [] }: Job): NonNullable<Job['running']> {
  const counted = running.filter(({ phase }) => phase === 'embedding');
  return (running.length === 1 ? running : counted).slice(0, NAMED);
}
