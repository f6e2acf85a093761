import type { RuntimeSetting } from '../api/audit';
import { t } from '../i18n/administration';

type Value = string | number | boolean | null | undefined;

/** What was typed as the value that the server takes: a number where it is one, null for nothing. The server says what is wrong with it. */
export function parseValue({ kind }: RuntimeSetting, typed: string): string | number | boolean | null {
  const text = typed.trim();
  if (text === '') return null;
  if (kind === 'boolean') return text === 'true';
  const number = Number(text);
  return kind === 'number' && Number.isFinite(number) ? number : text;
}

export function valueWords({ kind, unit }: RuntimeSetting, value: Value): string {
  if (value === null || value === undefined || value === '') return t('options.noDefault');
  if (kind === 'boolean') return t(value === true || value === 'true' ? 'options.on' : 'options.off');
  return unit ? `${value} ${unit}` : `${value}`;
}

/** What the value may be. */
export function boundsWords({ minimum, maximum }: RuntimeSetting): string[] {
  const [min, max] = [minimum ?? undefined, maximum ?? undefined];
  if (min !== undefined && max !== undefined) return [t('options.between', { min: `${min}`, max: `${max}` })];
  if (min !== undefined) return [t('options.atLeast', { min: `${min}` })];
  return max === undefined ? [] : [t('options.atMost', { max: `${max}` })];
}
