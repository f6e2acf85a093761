import type { Job } from '../api/types';
import { language, t } from '../i18n';

/** Why the documents of a job wait, and since when. */
export function PauseNote({ job }: { job: Job | undefined }) {
  const paused = job?.paused;
  if (!paused) return null;
  const time = new Date(paused.since).toLocaleString(language(), { dateStyle: 'short', timeStyle: 'short' });
  return (
    <p class="small" role="status">
      {t(`jobs.paused.${paused.service}`, { time })}
    </p>
  );
}
