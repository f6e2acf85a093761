import { afterEach, expect, it, vi } from 'vitest';
import type { Field } from '../api/types';
import { loadFields, mergeFields } from './fields';

const field = (name: string, values: Record<string, number>, more: Partial<Field> = {}): Field => ({
  field: name,
  kind: 'text',
  documents: 3,
  distinct: Object.keys(values).length,
  values: Object.entries(values).map(([value, documents]) => ({ value, documents })),
  ...more,
});

afterEach(() => vi.unstubAllGlobals());

it('valuesOfSeveralCollections_areAdded_mostFrequentFirst', () => {
  const [tags] = mergeFields([[field('tags', { a: 3, b: 2 })], [field('tags', { b: 4, c: 1 }, { distinct: 40 })]]);
  expect(tags?.values).toEqual([
    { value: 'b', documents: 6 },
    { value: 'a', documents: 3 },
    { value: 'c', documents: 1 },
  ]);
  expect(tags).toMatchObject({ documents: 6, distinct: 40 });
});

it('bounds_areTheWidest_andDifferentKindsAreText', () => {
  const number = (from: string, to: string) => field('metadata.n', {}, { kind: 'number', from, to });
  expect(mergeFields([[number('9', '10')], [number('7', '100')]])[0]).toMatchObject({ from: '7', to: '100' });
  const mixed = mergeFields([[number('9', '10')], [field('metadata.n', { x: 1 })]])[0];
  expect(mixed?.kind).toBe('text');
  expect(mixed).not.toHaveProperty('from');
});

it('wellKnownFields_comeFirst_inTheirOrder', async () => {
  const items = ['metadata.due', 'created', 'media_type', 'tags'].map((name) => field(name, { x: 1 }));
  const fetching = vi.fn(async (_path: string) => Response.json({ items }));
  vi.stubGlobal('fetch', fetching);
  const { first, others, complete } = await loadFields(['a b'], new AbortController().signal);
  expect(complete).toBe(true);
  expect(fetching.mock.calls[0]?.[0]).toBe('/api/v1/collections/a%20b/fields');
  expect(first.map((one) => one.field)).toEqual(['tags', 'media_type', 'created']);
  expect(others.map((one) => one.field)).toEqual(['metadata.due']);
});

it('manyCollections_areNotAllAsked_andThatIsSaid', async () => {
  const fetching = vi.fn(async (_path: string) => Response.json({ items: [] }));
  vi.stubGlobal('fetch', fetching);
  const ids = Array.from({ length: 21 }, (_, n) => `c${n}`);
  expect((await loadFields(ids, new AbortController().signal)).complete).toBe(false);
  expect(fetching).toHaveBeenCalledTimes(20);
});
