import { effect, signal } from '@preact/signals';
import type { Text } from './en';
import { format, isKey, type Key, type Language, language, t, type Values } from './index';

type PartTable<T> = Record<keyof T, Text>;

/**
 * Texts that are loaded with the pages that show them, so that the first page does not load them. Resolves when the table of the reader's language is there, to a
 * function that knows them and all texts of `t`.
 */
export async function textsOf<T extends Record<string, Text>>(
  english: T,
  loaders: Record<Exclude<Language, 'en'>, () => Promise<PartTable<T>>>,
): Promise<(key: (keyof T & string) | Key, values?: Values) => string> {
  const tables = signal<Partial<Record<Language, PartTable<T>>>>({ en: english });
  const load = async (wanted: Language): Promise<void> => {
    if (wanted === 'en' || tables.value[wanted]) return;
    // Offline, or a chunk of an older build: English is always there.
    const table = await loaders[wanted]().catch(() => english);
    tables.value = { ...tables.value, [wanted]: table };
  };
  await load(language());
  effect(() => void load(language()));
  return (key, values = {}) => {
    if (isKey(key)) return t(key, values);
    const table = tables.value[language()];
    return format(table ?? english, table ? language() : 'en', key, values);
  };
}
