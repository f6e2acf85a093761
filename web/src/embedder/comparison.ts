import { signal } from '@preact/signals';
import { type Comparison, compareReembedding } from '../api/embedders';
import { type ApiError, asApiError } from '../api/problem';
import { language } from '../i18n';
import { type Key, t } from '../i18n/administration';
import { isRefusal, withOperatorKey } from '../operator/operatorKey';
import { MAX_QUESTIONS, readQuestions } from './questionFile';

/** Bytes of a file of questions. */
const MAX_FILE_BYTES = 2_000_000;

/** What became of a file of questions. */
export type ComparisonState = { reembedding: string; file: string } & (
  | { state: 'wrong'; words: string }
  | { state: 'asking'; n: number }
  | { state: 'failed'; error: ApiError }
  | { state: 'done'; result: Comparison }
);

export const comparing = signal<ComparisonState | undefined>(undefined);

/** Asks both indexes of a reembedding the questions of a file. */
export async function compare(reembedding: string, file: File): Promise<void> {
  const base = { reembedding, file: file.name };
  const wrong = (key: Key, values = {}) => {
    comparing.value = { ...base, state: 'wrong', words: t(key, { file: file.name, most: MAX_QUESTIONS, ...values }) };
  };
  if (file.size > MAX_FILE_BYTES) return wrong('compare.large');
  const text = await file.text().catch(() => undefined);
  if (text === undefined) return wrong('compare.unreadable');
  const read = readQuestions(text);
  if ('wrong' in read) return wrong(`compare.${read.wrong}`, 'line' in read ? { line: read.line } : {});
  const { questions } = read;
  const asking: ComparisonState = { ...base, state: 'asking', n: questions.length };
  comparing.value = asking;
  try {
    const result = await withOperatorKey((key) => compareReembedding(key, reembedding, questions));
    if (comparing.value === asking) comparing.value = { ...base, state: 'done', result };
  } catch (thrown) {
    const error = asApiError(thrown);
    if (comparing.value === asking)
      comparing.value = isRefusal(error) ? undefined : { ...base, state: 'failed', error };
  }
}

/** A measure, 0 to 1, with three places. */
export function measure(value: number): string {
  return value.toLocaleString(language(), { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}
