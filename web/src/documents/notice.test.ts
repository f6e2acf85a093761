import { describe, expect, it } from 'vitest';
import { noticeWords, sortNotices } from './notice';

describe('noticeWords', () => {
  it('knownKind_isSaidInTheLanguageOfTheReader', () => {
    expect(noticeWords({ kind: 'scanned_pages', count: 4, total: 5, text: 'x' })).toBe(
      '4 of 5 pages are scanned, so they have no text that could be read.',
    );
    expect(noticeWords({ kind: 'unreadable_attachments', count: 2, detail: 'a.zip, b.exe', text: 'x' })).toBe(
      '2 attachments could not be read: a.zip, b.exe.',
    );
    expect(noticeWords({ kind: 'pictures', count: 1, text: 'x' })).toBe('One picture was left out.');
  });

  it('unknownKind_isSaidInTheWordsOfTheServer', () => {
    expect(noticeWords({ kind: 'something_new', count: 1, text: 'A new notice.' })).toBe('A new notice.');
  });
});

describe('sortNotices', () => {
  it('missingText_comesFirst', () => {
    const pictures = { kind: 'pictures', count: 1, text: '' };
    const scanned = { kind: 'scanned_pages', count: 1, total: 2, text: '' };
    expect(sortNotices([pictures, scanned])).toEqual([scanned, pictures]);
  });
});
