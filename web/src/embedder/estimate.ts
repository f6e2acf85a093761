import { signal } from '@preact/signals';
import { type Estimate, estimateReembedding } from '../api/embedders';
import { type ApiError, asApiError } from '../api/problem';
import { language } from '../i18n';
import { t } from '../i18n/administration';
import { isRefusal, withOperatorKey } from '../operator/operatorKey';

/** What was typed; it stays when the page is left. */
export const typed = signal({ name: '', price: '' });
/** For what is typed: gone as soon as that changes. */
export const estimate = signal<{ name: string; result: Estimate } | undefined>(undefined);
export const estimateError = signal<ApiError | undefined>(undefined);

export function type(change: Partial<typeof typed.value>): void {
  typed.value = { ...typed.value, ...change };
  estimate.value = undefined;
  estimateError.value = undefined;
}

/** US dollars; undefined when there are none, NaN when it is not a number. A comma is a point to many readers. */
export function priceOf(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  if (!plain) return undefined;
  return /^\d{1,9}(\.\d{0,9})?$|^\.\d{1,9}$/.test(plain) ? Number(plain) : Number.NaN;
}

export async function estimateTyped(): Promise<void> {
  const asked = typed.value;
  const name = asked.name.trim();
  estimateError.value = undefined;
  try {
    const result = await withOperatorKey((key) => estimateReembedding(key, name, priceOf(asked.price)));
    if (typed.value === asked) estimate.value = { name, result };
  } catch (thrown) {
    const error = asApiError(thrown);
    if (typed.value === asked && !isRefusal(error)) estimateError.value = error;
  }
}

/** In words; small sums with more places. */
export function costWords(name: string, { cost, missing }: Estimate): string {
  if (missing === 0) return t('embedder.nothingToPay');
  if (cost === null || cost === undefined) return t('embedder.unknown');
  if (cost === 0 && name.startsWith('onnx:')) return t('embedder.free');
  const places = cost > 0 && cost < 0.1 ? 4 : 2;
  return cost.toLocaleString(language(), { style: 'currency', currency: 'USD', maximumFractionDigits: places });
}

export function cutWords({ cut }: Estimate): string {
  if (cut <= 0) return t('embedder.cutNone');
  const percent = cut.toLocaleString(language(), { style: 'percent', maximumFractionDigits: cut < 0.01 ? 1 : 0 });
  return t('embedder.cutShare', { percent });
}
