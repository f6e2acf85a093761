import { beforeEach, expect, it } from 'vitest';
import { askedCollections, askOnly, askThese, choose, chosen, collections, several } from './collections';

const named = (...ids: string[]) => ids.map((id) => ({ id, name: id.toUpperCase() }));

beforeEach(() => {
  collections.value = named('a', 'b', 'c');
  askOnly('');
});

it('severalCollections_areAsked_untilOneOrAllAre', () => {
  expect(askedCollections()).toEqual([]);
  askThese(['c', 'a']);
  expect(askedCollections()).toEqual(['a', 'c']);
  choose('b');
  expect(askedCollections()).toEqual(['a', 'c']);
  askOnly('b');
  expect(askedCollections()).toEqual(['b']);
  expect(several.value).toEqual([]);
  askOnly('');
  expect(askedCollections()).toEqual([]);
});

it('oneOfSeveral_isTheOneWhoseDocumentsAreListed', () => {
  askThese(['b']);
  expect(chosen.value).toBe('b');
  expect(several.value).toEqual([]);
});

it('deletedCollection_isNotAskedAnyMore', () => {
  askThese(['a', 'b']);
  collections.value = named('b', 'c');
  expect(askedCollections()).toEqual(['b']);
  collections.value = named('c');
  expect(askedCollections()).toEqual([]);
});
