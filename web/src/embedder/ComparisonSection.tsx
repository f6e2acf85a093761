import { useRef } from 'preact/hooks';
import type { Comparison, Ranking, Reembedding } from '../api/embedders';
import { type Key, t } from '../i18n/administration';
import { FailedNote } from '../ui/ErrorNote';
import { Icon } from '../ui/Icon';
import { type ComparisonState, compare, comparing, measure } from './comparison';
import { MAX_QUESTIONS } from './questionFile';

const EXAMPLE = '{"question": "How long is the warranty?", "documents": ["handbook.pdf"]}';

const MEASURES: readonly [keyof Ranking, string, Key][] = [
  ['ndcg@10', 'nDCG@10', 'compare.ndcg'],
  ['recall@100', 'recall@100', 'compare.recall'],
  ['mrr@10', 'MRR@10', 'compare.mrr'],
];

/** Asks both indexes the questions of a file, and shows how well each found the documents. */
export function ComparisonSection({ reembedding }: { reembedding: Reembedding }) {
  const input = useRef<HTMLInputElement>(null);
  const last = useRef<File>(undefined);
  const now = comparing.value?.reembedding === reembedding.id ? comparing.value : undefined;
  const asking = now?.state === 'asking';
  const take = (file: File | undefined) => {
    last.current = file;
    if (file) void compare(reembedding.id, file);
  };
  return (
    <section class="compare" aria-labelledby="compare-title">
      <h3 id="compare-title">{t('compare.title')}</h3>
      <p class="small">{t('compare.text', { most: MAX_QUESTIONS })}</p>
      <pre class="example" lang="en">
        <code>{EXAMPLE}</code>
      </pre>
      <p class="muted hint">{t('compare.names')}</p>
      <div>
        <button type="button" aria-disabled={asking} onClick={() => asking || input.current?.click()}>
          {t(now ? 'compare.another' : 'compare.choose')}
        </button>
        <input
          ref={input}
          type="file"
          accept=".jsonl,.ndjson,.json,.txt"
          hidden
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {now ? <Outcome now={now} {...(last.current ? { onRetry: () => take(last.current) } : {})} /> : null}
    </section>
  );
}

function Outcome({ now, onRetry }: { now: ComparisonState; onRetry?: () => void }) {
  switch (now.state) {
    case 'wrong':
      return (
        <div class="note bad" role="alert">
          <Icon name="warning" />
          <p>{now.words}</p>
        </div>
      );
    case 'asking':
      return (
        <p class="muted hint" role="status">
          {t('compare.busy', { n: now.n })}
        </p>
      );
    case 'failed':
      return <FailedNote error={now.error} {...(onRetry ? { onRetry } : {})} />;
    case 'done':
      return <Result result={now.result} file={now.file} />;
  }
}

function Result({ result, file }: { result: Comparison; file: string }) {
  const { former, target, questions, changed } = result;
  return (
    <div class="result">
      <p class="small" role="status">
        {t('compare.asked', { n: questions, file })}{' '}
        {changed ? t('compare.changed', { n: changed }) : t('compare.same')}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('compare.measure')}</th>
            <th scope="col">{t('compare.old')}</th>
            <th scope="col">{t('compare.new')}</th>
          </tr>
        </thead>
        <tbody>
          {MEASURES.map(([key, name, words]) => (
            <tr key={key}>
              <th scope="row">
                {name} <span class="muted">{t(words)}</span>
              </th>
              <Value value={former[key]} other={target[key]} />
              <Value value={target[key]} other={former[key]} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The better one of a line is bold. */
function Value({ value, other }: { value: number; other: number }) {
  const shown = measure(value);
  return <td>{value > other && shown !== measure(other) ? <strong>{shown}</strong> : shown}</td>;
}
