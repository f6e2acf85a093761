// @vitest-environment jsdom
import { render } from 'preact';
import { expect, it } from 'vitest';
import type { SearchFilter } from '../api/types';
import { FilterChips } from './FilterChips';

it('removedChip_leavesTheOtherConditions', () => {
  const filter: SearchFilter = {
    all: [
      { field: 'tags', anyOf: ['contract', 'annex'] },
      { field: 'created', from: '2025-01-01' },
    ],
  };
  let left = filter;
  const root = document.createElement('div');
  render(<FilterChips filter={filter} onChange={(chosen) => (left = chosen)} />, root);
  expect(root.querySelector('ul')?.getAttribute('aria-label')).toBe('Only documents with');
  expect([...root.querySelectorAll('li')].map((chip) => chip.textContent)).toEqual([
    'Tag: contract or annex',
    'Created: from Jan 1, 2025',
  ]);
  root.querySelector<HTMLElement>('[aria-label="Remove “Tag: contract or annex”"]')?.click();
  expect(left).toEqual({ all: [{ field: 'created', from: '2025-01-01' }] });
});
