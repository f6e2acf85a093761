import { describe, expect, it } from 'vitest';
import { de } from './de';
import { accounts as deAccounts } from './de.accounts';
import { administration as deAdministration } from './de.administration';
import { collections as deCollections } from './de.collections';
import { en, type Text } from './en';
import { accounts } from './en.accounts';
import { administration } from './en.administration';
import { collections } from './en.collections';
import { format, pick } from './index';

const parts = (text: Text) => (typeof text === 'string' ? [text] : [text.one, text.other]);
const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

/** English and German of the first page, and of what is loaded with others. */
const TABLES: [name: string, english: Record<string, Text>, german: Record<string, Text>][] = [
  ['start', en, de],
  ['accounts', accounts, deAccounts],
  ['administration', administration, deAdministration],
  ['collections', collections, deCollections],
];

describe('tables', () => {
  it.each(TABLES)('german_hasTheSameKeysAndPlaces: %s', (_, english, german) => {
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(english)) {
      const other = german[key] ?? '';
      expect(typeof other, key).toBe(typeof text);
      expect(places(parts(other).at(-1) ?? ''), key).toEqual(places(parts(text).at(-1) ?? ''));
    }
  });

  it('keysOfParts_areInNoOtherTable', () => {
    const keys = TABLES.flatMap(([, english]) => Object.keys(english));
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  });

  it('texts_areCalm', () => {
    for (const table of TABLES.flatMap(([, english, german]) => [english, german]))
      for (const [key, text] of Object.entries(table))
        for (const part of parts(text)) {
          expect(part, key).not.toContain('!');
          expect(part.trim(), key).toBe(part);
          expect(part, key).not.toBe('');
        }
  });
});

describe('format', () => {
  it('one_other_andNumbers', () => {
    expect(format(en, 'en', 'documents.delete', { n: 1 })).toBe('Delete one document');
    expect(format(en, 'en', 'documents.delete', { n: 3 })).toBe('Delete 3 documents');
    expect(format(de, 'de', 'documents.delete', { n: 1200 })).toBe('1.200 Dokumente löschen');
  });

  it('valuesAreNotReadAsPlaces', () => {
    expect(format(en, 'en', 'history.actions', { title: '{n} $& x', n: 5 })).toBe('Actions for “{n} $& x”');
  });
});

describe('pick', () => {
  it('chosen_thenPreferred_thenEnglish', () => {
    expect(pick('de', ['en'])).toBe('de');
    expect(pick(undefined, ['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(pick('xx', ['fr'])).toBe('en');
    expect(pick(undefined, ['constructor'])).toBe('en');
  });
});
