// @vitest-environment jsdom
import { render } from 'preact';
import { beforeEach, expect, it, vi } from 'vitest';
import { collections } from './collections';
import { ListFilterChips } from './ListFilter';
import { filter, filtered, NOTHING_FILTERED, setFilter } from './list';

const requests: URL[] = [];

beforeEach(() => {
  requests.length = 0;
  collections.value = [{ id: 'a', name: 'A' }];
  filter.value = NOTHING_FILTERED;
  vi.stubGlobal('fetch', async (input: RequestInfo | URL) => {
    requests.push(new URL(input instanceof Request ? input.url : `${input}`, 'http://localhost'));
    return Response.json({ items: [], next: null });
  });
});

it('filter_isSentWithTheList_andEachOfItsChipsCanBeRemoved', async () => {
  const conditions = {
    all: [
      { field: 'tags', anyOf: ['contract', 'annex'] },
      { field: 'language', equals: 'de' },
    ],
  };
  setFilter({ conditions });
  await vi.waitFor(() => expect(requests).toHaveLength(1));
  expect(JSON.parse(requests[0]?.searchParams.get('filter') ?? '')).toEqual(conditions);
  expect(filtered.value).toBe(true);

  const root = document.createElement('div');
  render(<ListFilterChips />, root);
  const chips = () => [...root.querySelectorAll('li')].map((chip) => chip.textContent);
  expect(chips()).toHaveLength(2);
  expect(chips()[0]).toBe('Tag: contract or annex');
  root.querySelector<HTMLElement>('li button')?.click();
  await vi.waitFor(() => expect(requests).toHaveLength(2));
  expect(JSON.parse(requests[1]?.searchParams.get('filter') ?? '')).toEqual({ all: [conditions.all[1]] });

  setFilter(NOTHING_FILTERED);
  await vi.waitFor(() => expect(requests).toHaveLength(3));
  expect(requests[2]?.searchParams.has('filter')).toBe(false);
  expect(filtered.value).toBe(false);
});
