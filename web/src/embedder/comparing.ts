import { signal } from '@preact/signals';
import { type Comparison, compareMove } from '../api/embedders';
import { type ApiError, asApiError } from '../api/problem';
import { type Key, language, t } from '../i18n';
import { asOperator, isRefusal } from './operator';
import { MOST, readQuestions } from './questions';

/** Bytes of a file of questions. */
const LARGEST = 2_000_000;

/** What became of a file of questions. */
export type Comparing = { move: string; file: string } & (
  | { state: 'wrong'; words: string }
  | { state: 'asking'; n: number }
  | { state: 'failed'; error: ApiError }
  | { state: 'done'; result: Comparison }
);

export const comparing = signal<Comparing | undefined>(undefined);

/** Asks both indexes of a move the questions of a file. */
export async function compare(move: string, file: File): Promise<void> {
  const base = { move, file: file.name };
  const wrong = (key: Key, values = {}) => {
    comparing.value = { ...base, state: 'wrong', words: t(key, { file: file.name, most: MOST, ...values }) };
  };
  if (file.size > LARGEST) return wrong('compare.large');
  const text = await file.text().catch(() => undefined);
  if (text === undefined) return wrong('compare.unreadable');
  const read = readQuestions(text);
  if ('wrong' in read) return wrong(`compare.${read.wrong}`, 'line' in read ? { line: read.line } : {});
  const { questions } = read;
  const asking: Comparing = { ...base, state: 'asking', n: questions.length };
  comparing.value = asking;
  try {
    const result = await asOperator((key) => compareMove(key, move, questions));
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
