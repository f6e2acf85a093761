import { useState } from 'preact/hooks';
import type { Answer } from '../api/types';
import { language, t } from '../i18n';
import { IconButton } from '../ui/Icon';
import { copy, notify } from '../ui/notifications';
import { retry } from './answerStream';
import { plainText } from './citationMarkers';
import { running } from './conversation';
import { FeedbackForm } from './FeedbackForm';
import type { Turn } from './turn';

/** What can be done with an answer, and on demand how it came to be. */
export function Actions({ turn, last }: { turn: Turn; last: boolean }) {
  const [details, setDetails] = useState(false);
  const { answer } = turn;
  return (
    <>
      <div class="actions">
        {turn.text ? (
          <IconButton
            icon="copy"
            label={t('answer.copy')}
            onClick={async () => (await copy(plainText(turn.text, turn.citations))) && notify(t('answer.copied'))}
          />
        ) : null}
        {last ? (
          <IconButton
            icon="retry"
            label={t('answer.retry')}
            disabled={running.value !== undefined}
            onClick={() => void retry(turn)}
          />
        ) : null}
        {answer ? <FeedbackForm turn={turn} /> : null}
        {answer ? (
          <IconButton
            icon="info"
            label={t('answer.details')}
            aria-expanded={details}
            onClick={() => setDetails(!details)}
          />
        ) : null}
      </div>
      {answer && details ? <p class="meta">{metaOf(answer).join(' · ')}</p> : null}
    </>
  );
}

/** The one muted line: where it comes from, time, tokens, cost and cache. */
export function metaOf(answer: Answer): string[] {
  const { model, answeringModel, timings, usage, cached } = answer;
  const total = timings?.total;
  return [
    model === 'extractive' ? t('meta.quoted') : model ? t('meta.model', { model }) : '',
    model && answeringModel && isAnother(model, answeringModel)
      ? t('meta.answeringModel', { model: answeringModel })
      : '',
    total === undefined ? '' : t('meta.time', { n: Math.round(total / 100) / 10 }),
    usage && usage.inputTokens + usage.outputTokens > 0
      ? t('meta.tokens', { in: usage.inputTokens, out: usage.outputTokens })
      : '',
    usage?.cost ? t('meta.cost', { cost: money(usage.cost) }) : '',
    cached ? t('meta.cached') : '',
  ].filter(Boolean);
}

/** Services add a version to the name that was asked for. */
function isAnother(model: string, answering: string): boolean {
  const asked = model.slice(model.indexOf(':') + 1).toLowerCase();
  const used = answering.toLowerCase();
  return !used.startsWith(asked) && !asked.endsWith(used);
}

function money(dollars: number): string {
  return dollars.toLocaleString(language(), { style: 'currency', currency: 'USD', maximumSignificantDigits: 3 });
}
