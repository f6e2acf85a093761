import { signal } from '@preact/signals';
import { readSetting, writeSetting } from '../ui/settings';
import { en, type Key, type Table, type Text } from './en';

export type { Key } from './en';

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const LOADERS: { [L in Language]: () => Promise<Table> } = {
  en: async () => en,
  de: async () => (await import('./de')).de,
};

/** What is in force; every component that calls `t` is drawn again when it changes. */
const current = signal<{ language: Language; table: Table }>({ language: 'en', table: en });

export const language = (): Language => current.value.language;

export async function adoptLanguageOfReader(): Promise<void> {
  await load(pick(readSetting('language'), navigator.languages));
}

export async function chooseLanguage(wanted: Language): Promise<void> {
  writeSetting('language', wanted);
  await load(wanted);
}

/** The chosen language, else the first of the reader's that there is, else English. */
export function pick(chosen: string | undefined, preferred: readonly string[]): Language {
  const known = (tag: string | undefined) => {
    const base = tag?.toLowerCase().split('-')[0] ?? '';
    return Object.hasOwn(LANGUAGES, base) ? (base as Language) : undefined;
  };
  return known(chosen) ?? preferred.map(known).find((found) => found !== undefined) ?? 'en';
}

async function load(wanted: Language): Promise<void> {
  // Offline, or a chunk of an older build: English is always there.
  const table = await LOADERS[wanted]().catch(() => undefined);
  current.value = table ? { language: wanted, table } : { language: 'en', table: en };
  document.documentElement.lang = current.value.language;
}

export type Values = Record<string, string | number>;

/** The text in the language in force; `n` among the values chooses between one and other. */
export function t(key: Key, values: Values = {}): string {
  const { language, table } = current.value;
  return format(table, language, key, values);
}

export function format<K extends string>(table: Record<K, Text>, language: Language, key: K, values: Values): string {
  const text = table[key];
  const n = typeof values.n === 'number' ? values.n : Number.NaN;
  const chosen = typeof text === 'string' ? text : n === 1 ? text.one : text.other;
  return chosen.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : typeof value === 'number' ? value.toLocaleString(language) : value;
  });
}

/** Whether there is such a key, for keys made of codes of the server. */
export function isKey(key: string): key is Key {
  return Object.hasOwn(en, key);
}
