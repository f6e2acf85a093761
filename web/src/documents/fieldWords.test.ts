import { expect, it } from 'vitest';
import { fieldName, fieldValue } from './fieldWords';

it('fieldName_ofWellKnownKeys_isInTheReadersLanguage_ofOthersAsItIs', () => {
  expect(fieldName('metadata.author')).toBe('Author');
  expect(fieldName('media_type')).toBe('Format');
  expect(fieldName('metadata.project-lead')).toBe('project-lead');
});

it.each([
  ['media_type', 'application/pdf', 'PDF'],
  ['media_type', 'application/x-unknown', 'application/x-unknown'],
  ['metadata.language', 'de-AT', 'Austrian German'],
  ['metadata.language', 'plain english', 'plain english'],
  ['created', '2025-03-01', 'Mar 1, 2025'],
  ['metadata.author', 'Ann Lee', 'Ann Lee'],
  ['metadata.number', '12.5', '12.5'],
])('fieldValue %s %s', (field, value, words) => {
  expect(fieldValue(field, value)).toBe(words);
});

it('timeOfAnotherZone_keepsItsDay', () => {
  expect(fieldValue('metadata.sent', '2025-03-01T23:30:00-08:00')).toMatch(/^Mar 1, 2025, 11:30/);
});
