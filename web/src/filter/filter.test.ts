import { describe, expect, it } from 'vitest';
import { conditionWords, isRestricting, valuesOf, withoutCondition } from './filter';

describe('conditionWords', () => {
  it.each([
    [{ field: 'tags', equals: 'contract' }, 'Tag: contract'],
    [{ field: 'media_type', anyOf: ['application/pdf', 'text/csv'] }, 'Format: PDF or CSV'],
    [{ field: 'metadata.author', anyOf: ['A', 'B', 'C', 'D'] }, 'Author: A or B or C or D'],
    [{ field: 'metadata.author', anyOf: ['A', 'B', 'C', 'D', 'E'] }, 'Author: A or B or C or 2 more'],
    [{ field: 'created', from: '2025-01-01', to: '2025-12-31' }, 'Created: Jan 1, 2025 to Dec 31, 2025'],
    [{ field: 'created', from: '2025-01-01', to: null }, 'Created: from Jan 1, 2025'],
    [{ field: 'metadata.pages', to: 12.5 }, 'pages: until 12.5'],
    [{ field: 'metadata.final', equals: false }, 'final: false'],
  ])('%j', (condition, words) => {
    expect(conditionWords(condition)).toBe(words);
  });
});

it('valuesOf_range_areNone', () => {
  expect(valuesOf({ field: 'created', from: '2025-01-01' })).toEqual([]);
});

it('isRestricting_withoutConditions_isFalse', () => {
  expect(isRestricting({ all: [] })).toBe(false);
  expect(isRestricting(null)).toBe(false);
  expect(isRestricting({ all: [{ field: 'tags', equals: 'a' }] })).toBe(true);
});

it('withoutCondition_leavesTheOthers', () => {
  const [one, two] = [
    { field: 'tags', equals: 'a' },
    { field: 'tags', equals: 'b' },
  ];
  expect(withoutCondition({ all: [one, two] }, 0)).toEqual({ all: [two] });
});
