import { t } from '../i18n';
import { wordsOf } from '../ui/ErrorNote';
import { IconButton } from '../ui/Icon';
import { formatRemainingTime } from '../ui/remainingTime';
import { StatusLabel } from './StatusLabel';
import { cancel, dismiss, ended, remaining, retryUpload, totals, type Upload, uploads } from './uploads';

/** Rows that are drawn: those that are being worked on and that failed come first. */
const SHOWN = 50;

export function UploadList() {
  if (uploads.value.length === 0) return null;
  const { n, done, failed, share } = totals.value;
  const all = done === n;
  return (
    <section class="uploads" aria-labelledby="uploads-title">
      <header class="uploads-head">
        <h2 id="uploads-title">{all ? t('upload.finished', { n: n - failed }) : t('upload.title')}</h2>
        {all ? <IconButton icon="close" label={t('upload.dismiss')} onClick={dismiss} /> : null}
      </header>
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
  const { passages } = item.job ?? {};
  const title = item.file.name;
  return (
    <li class="upload">
      <div class="upload-name">
        <span dir="auto">{title}</span>
        {item.state === 'failed' ? (
          <span class="reason">{item.reason || (item.problem ? wordsOf(item.problem) : '')}</span>
        ) : null}
        {item.state === 'running' && passages?.done ? (
          <span class="muted">
            {passages.total
              ? t('upload.passages', { done: passages.done, n: passages.total })
              : t('documents.passages', { n: passages.done })}
          </span>
        ) : null}
      </div>
      <StatusLabel status={item.state === 'waiting' ? 'queued' : item.state} />
      {item.state === 'failed' ? (
        <IconButton icon="retry" label={t('upload.retry', { title })} onClick={() => retryUpload(item)} />
      ) : null}
      {ended(item) ? null : (
        <IconButton icon="close" label={t('upload.cancel', { title })} onClick={() => cancel(item)} />
      )}
      {item.state === 'uploading' || item.state === 'running' ? (
        <progress aria-label={title} {...(item.share > 0 ? { value: item.share } : {})} />
      ) : null}
    </li>
  );
}

const RANK: Record<Upload['state'], number> = {
  failed: 0,
  running: 1,
  uploading: 2,
  queued: 3,
  waiting: 4,
  existing: 5,
  done: 6,
  cancelled: 7,
};

function ordered(list: readonly Upload[]): Upload[] {
  return list.length <= SHOWN ? [...list] : [...list].sort((a, b) => RANK[a.state] - RANK[b.state]);
}
