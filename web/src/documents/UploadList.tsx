import { t } from '../i18n';
import { wordsOf } from '../ui/ErrorNote';
import { IconButton } from '../ui/Icon';
import { formatRemainingTime } from '../ui/remainingTime';
import { PauseNote } from './PauseNote';
import { progressWords } from './progressWords';
import { StatusLabel } from './StatusLabel';
import {
  cancel,
  dismiss,
  ended,
  remaining,
  resolveConflict,
  retryUpload,
  totals,
  type Upload,
  uploads,
} from './uploads';

/** Rows that are drawn: those that are being worked on and that failed come first. */
const SHOWN = 50;

export function UploadList() {
  if (uploads.value.length === 0) return null;
  const { n, done, failed, skipped, share } = totals.value;
  const all = done === n;
  return (
    <section class="uploads" aria-labelledby="uploads-title">
      <header class="uploads-head">
        <h2 id="uploads-title">{all ? t('upload.finished', { n: n - failed - skipped }) : t('upload.title')}</h2>
        {all ? <IconButton icon="close" label={t('upload.dismiss')} onClick={dismiss} /> : null}
      </header>
      <PauseNote job={all ? undefined : uploads.value.find((item) => !ended(item) && item.job?.paused)?.job} />
      {all ? null : <progress value={share} aria-label={t('upload.title')} />}
      <p class="muted small" role="status">
        {[
          t('upload.total', { done, n }),
          failed ? t('upload.failed', { n: failed }) : '',
          all ? '' : formatRemainingTime(remaining(share, Date.now())),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ul>
        {ordered(uploads.value)
          .slice(0, SHOWN)
          .map((item) => (
            <UploadRow key={item.key} item={item} />
          ))}
      </ul>
      {all ? null : <p class="muted small">{t('upload.leave')}</p>}
    </section>
  );
}

function UploadRow({ item }: { item: Upload }) {
  const { passages, running } = item.job ?? {};
  const progress = running?.find(({ documentId }) => documentId === item.document);
  const title = item.file.name;
  return (
    <li class="upload">
      <div class="upload-name">
        <span dir="auto">{title}</span>
        {item.state === 'failed' ? (
          <span class="reason">{item.reason || (item.problem ? wordsOf(item.problem) : '')}</span>
        ) : null}
        {item.state === 'conflict' ? <Conflict item={item} /> : null}
        {item.state === 'running' && (progress || passages?.done) ? (
          <span class="muted">
            {progress ? progressWords(progress) : t('documents.passages', { n: passages?.done ?? 0 })}
          </span>
        ) : null}
      </div>
      <StatusLabel status={item.state === 'waiting' ? 'queued' : item.state} />
      {item.state === 'failed' ? (
        <IconButton icon="retry" label={t('upload.retry', { title })} onClick={() => retryUpload(item)} />
      ) : null}
      {ended(item) || item.state === 'conflict' ? null : (
        <IconButton icon="close" label={t('upload.cancel', { title })} onClick={() => cancel(item)} />
      )}
      {item.state === 'uploading' || item.state === 'running' ? (
        <progress aria-label={title} {...(item.share > 0 ? { value: item.share } : {})} />
      ) : null}
    </li>
  );
}

/** The question what to do with a file whose name a document has. */
function Conflict({ item }: { item: Upload }) {
  const title = item.file.name;
  return (
    <fieldset class="conflict">
      <legend>{t('upload.conflict', { title })}</legend>
      <button type="button" class="quiet" onClick={() => resolveConflict(item, 'replace')}>
        {t('upload.replace')}
      </button>
      <button type="button" class="quiet" onClick={() => resolveConflict(item, 'keepBoth')}>
        {t('upload.keepBoth')}
      </button>
      <button type="button" class="quiet" onClick={() => resolveConflict(item, 'skip')}>
        {t('upload.skip')}
      </button>
    </fieldset>
  );
}

const RANK: Record<Upload['state'], number> = {
  conflict: 0,
  failed: 1,
  running: 2,
  uploading: 3,
  queued: 4,
  waiting: 5,
  existing: 6,
  done: 7,
  skipped: 8,
  cancelled: 9,
};

function ordered(list: readonly Upload[]): Upload[] {
  return list.length <= SHOWN ? [...list] : [...list].sort((a, b) => RANK[a.state] - RANK[b.state]);
}
