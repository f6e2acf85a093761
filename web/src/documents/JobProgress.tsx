import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { listJobs } from '../api/library';
import type { Job } from '../api/types';
import { t } from '../i18n';
import { formatRemainingTime } from '../ui/remainingTime';
import { refreshSoon } from './list';
import { PauseNote } from './PauseNote';
import { namedDocuments, progressWords } from './progressWords';
import { shareOfJob, uploads } from './uploads';

/** Milliseconds between looks: while something is being read, and while nothing is. */
const BUSY = 4000;
const IDLE = 15_000;

const running = signal<readonly Job[]>([]);

/** Work that goes on without this page: folders, and uploads of others. */
export function JobProgress({ collection }: { collection: string }) {
  useEffect(() => watch(collection), [collection]);
  const own = new Set(uploads.value.map((item) => item.job?.id));
  const others = running.value.filter((job) => !own.has(job.id));
  if (!others.length) return null;
  const sum = (count: (job: Job) => number | undefined) => others.reduce((all, job) => all + (count(job) ?? 0), 0);
  const total = sum((job) => job.documents?.total);
  const failed = sum((job) => job.documents?.failed);
  const done = sum((job) => job.documents?.done) + failed;
  const seconds = Math.max(...others.map((job) => job.remainingSeconds ?? 0));
  const [first] = others;
  return (
    <section class="uploads" aria-labelledby="jobs-title">
      <div class="uploads-head">
        <h2 id="jobs-title">{t('jobs.title')}</h2>
      </div>
      <progress
        aria-labelledby="jobs-title"
        {...(first && total ? { value: others.length > 1 ? done / total : shareOfJob(first) } : {})}
      />
      <PauseNote job={others.find((job) => job.paused)} />
      <p class="muted small" role="status">
        {[
          total ? t('jobs.total', { done, n: total }) : '',
          failed ? t('upload.failed', { n: failed }) : '',
          formatRemainingTime(seconds || undefined),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {others.flatMap(namedDocuments).map((document) => (
        <p class="muted small" key={document.documentId}>
          <span dir="auto">{document.title}</span>: {progressWords(document)}
        </p>
      ))}
    </section>
  );
}

function watch(collection: string): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let gone = false;
  const poll = async () => {
    const before = running.value.length;
    if (document.visibilityState === 'visible') {
      const page = await listJobs(collection).catch(() => undefined);
      if (gone) return;
      running.value = (page?.items ?? []).filter(({ status }) => status === 'running' || status === 'queued');
      if (before || running.value.length) refreshSoon();
    }
    timer = setTimeout(poll, running.value.length ? BUSY : IDLE);
  };
  void poll();
  return () => {
    gone = true;
    running.value = [];
    clearTimeout(timer);
  };
}
