import { describe, expect, it } from 'vitest';
import { warningWords } from './warning';

const since = '2026-11-20T08:30:00Z';

describe('warningWords', () => {
  it('knownCode_isSaidInTheLanguageOfTheReader', () => {
    expect(warningWords({ code: 'newer_version_unreadable', since, detail: 'x' })).toBe(
      'The newest version of this file could not be read (since Nov 20, 2026). This text is from an earlier one.',
    );
    expect(warningWords({ code: 'file_missing', since, detail: 'x' })).toBe(
      'This file has been missing from its folder since Nov 20, 2026. This text is its last version.',
    );
  });

  it('unknownCode_isSaidInTheWordsOfTheServer', () => {
    expect(warningWords({ code: 'something_new', since, detail: 'Beware.' })).toBe('Beware.');
    expect(warningWords({ code: 'file_missing', since: 'once', detail: 'It is missing.' })).toBe('It is missing.');
  });
});
