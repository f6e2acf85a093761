import { useState } from 'preact/hooks';
import type { ApiError } from '../api/problem';
import type { Problem } from '../api/types';
import { isKey, t } from '../i18n';
import { CodeWords } from './CodeWords';
import { Icon } from './Icon';
import { copy } from './notifications';

/** What happened and what to do, in the reader's words where we have them. */
export function wordsOf(problem: Problem, retryAfter?: number): string {
  const key = `error.${problem.code}`;
  const text = problem.detail ?? (isKey(key) ? t(key) : t('error.unexpected'));
  return retryAfter ? `${text} ${t('error.wait', { n: retryAfter })}` : text;
}

interface Props {
  problem: Problem;
  retryAfter?: number | undefined;
  onRetry?: () => void;
}

export function ErrorNote({ problem, retryAfter, onRetry }: Props) {
  return (
    <div class="note bad" role="alert">
      <Icon name="warning" />
      <div>
        <p>
          <CodeWords text={wordsOf(problem, retryAfter)} />
        </p>
        <div class="note-actions">
          {onRetry ? (
            <button type="button" class="quiet" onClick={onRetry}>
              {t('error.retry')}
            </button>
          ) : null}
          {problem.requestId ? <RequestId id={problem.requestId} /> : null}
        </div>
      </div>
    </div>
  );
}

export function FailedNote({ error, onRetry }: { error: ApiError; onRetry?: () => void }) {
  return <ErrorNote problem={error.problem} retryAfter={error.retryAfter} {...(onRetry ? { onRetry } : {})} />;
}

function RequestId({ id }: { id: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <button type="button" class="quiet muted" title={t('error.copyId')} onClick={async () => setCopied(await copy(id))}>
      {copied ? t('error.copied') : t('error.id', { id })}
    </button>
  );
}
