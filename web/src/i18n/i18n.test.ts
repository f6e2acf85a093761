import { describe, expect, it } from 'vitest';
import { de } from './de';
import { en, type Key, type Text } from './en';
import { format, pick } from './index';

const parts = (text: Text) => (typeof text === 'string' ? [text] : [text.one, text.other]);
const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe('tables', () => {
  it('german_hasTheSameKeysAndPlaces', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    for (const key of Object.keys(en) as Key[]) {
      expect(typeof de[key], key).toBe(typeof en[key]);
      expect(places(parts(de[key]).at(-1) ?? ''), key).toEqual(places(parts(en[key]).at(-1) ?? ''));
    }
  });

  it('texts_areCalm', () => {
    for (const table of [en, de])
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
