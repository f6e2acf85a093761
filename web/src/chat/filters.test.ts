// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SearchFilter } from '../api/types';

const NONE: SearchFilter = { all: [] };
const TAG: SearchFilter = { all: [{ field: 'tags', anyOf: ['contract'] }] };
const DATE: SearchFilter = { all: [{ field: 'created', from: '2025-01-01' }] };

/** The modules as a page that was just opened has them. */
async function opened() {
  vi.resetModules();
  const [filters, { conversation, turns }, { newTurn }] = await Promise.all([
    import('./filters'),
    import('./conversation'),
    import('./turn'),
  ]);
  const open = (id: string, filter: SearchFilter) => {
    conversation.value = { id, title: '', createdAt: '', updatedAt: '' };
    turns.value = [newTurn('k', 'Why?', false, filter)];
  };
  return { ...filters, open };
}

beforeEach(() => localStorage.clear());

describe('filterOf', () => {
  it('conversation_goesOnWithTheFilterOfItsLastQuestion_untilAnotherIsChosen', async () => {
    const page = await opened();
    page.open('c1', TAG);
    expect(page.filterOf('c1')).toEqual(TAG);
    expect(page.filterOf('c2')).toEqual(NONE);
    page.chooseFilter('c1', NONE);
    expect(page.filterOf('c1')).toEqual(NONE);
    page.forgetFilter('c1');
    expect(page.filterOf('c1')).toEqual(TAG);
  });

  it('chosenFilter_isThereAfterReloading_ofEachConversation', async () => {
    const page = await opened();
    page.chooseFilter(undefined, DATE);
    page.chooseFilter('c1', TAG);
    const again = await opened();
    expect(again.filterOf(undefined)).toEqual(DATE);
    expect(again.filterOf('c1')).toEqual(TAG);
  });

  it('filterOfANewQuestion_movesToItsConversation', async () => {
    const page = await opened();
    page.chooseFilter(undefined, DATE);
    page.moveFilter('c1');
    expect(page.filterOf(undefined)).toEqual(NONE);
    expect(page.filterOf('c1')).toEqual(DATE);
  });

  it('storedNonsense_isNoFilter', async () => {
    localStorage.setItem('lectern.filters', '{"new": {"all": 7}, "c1": null}');
    const page = await opened();
    expect(page.filterOf(undefined)).toEqual(NONE);
    expect(page.filterOf('c1')).toEqual(NONE);
  });
});
