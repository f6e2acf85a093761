import { describe, expect, it } from 'vitest';
import { readingOf, readingWords, rebuildPercent } from './reading';

describe('readingWords', () => {
  it('someDocumentsAreStillToBeRead_saysHowManyCanBeSearched', () => {
    const collections = [
      { id: 'a', name: 'A', documents: 100, searchable: 10, pending: 90 },
      { id: 'b', name: 'B', documents: 60, searchable: 2, pending: 57 },
    ];
    expect(readingWords(readingOf(collections))).toBe('12 of 160 documents can be searched so far.');
  });

  it('everythingIsRead_orUnknown_saysNothing', () => {
    expect(readingWords(readingOf([{ id: 'a', name: 'A', documents: 3, searchable: 2, pending: 0 }]))).toBeUndefined();
    expect(readingWords(readingOf([{ id: 'a', name: 'A', documents: 3 }]))).toBeUndefined();
    expect(readingWords(undefined)).toBeUndefined();
  });
});

describe('rebuildPercent', () => {
  it('indexIsRebuilt_isItsProgress', () => {
    const collection = { id: 'a', name: 'A', indexRebuild: { indexed: 31, expected: 100 } };
    expect(rebuildPercent([collection])).toBe(31);
    expect(rebuildPercent([{ ...collection, indexRebuild: { indexed: 0, expected: 0 } }])).toBe(0);
    expect(rebuildPercent([{ ...collection, indexRebuild: { indexed: 9, expected: 9 } }])).toBe(99);
    expect(rebuildPercent([{ id: 'a', name: 'A' }])).toBeUndefined();
  });
});
