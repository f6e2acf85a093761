import { signal } from '@preact/signals';
import type { SearchFilter } from '../api/types';
import { isRestricting, NO_FILTER } from '../filter/filter';
import { onReaderGone } from '../session/readerStorage';
import { localStorageOrNone, readStored, writeStored } from '../ui/storage';
import { conversation, turns } from './conversation';

/**
 * Filters of questions that are not asked yet, one for each conversation and one for a new question, as drafts are. A conversation without one goes on with
 * the filter of its last question, which the server has. They stay in this browser.
 */
const FILTERS = 'lectern.filters';
const MAX_FILTERS = 20;
const NEW_QUESTION = 'new';

const filters = signal<Readonly<Record<string, SearchFilter>>>(load());
onReaderGone(() => {
  filters.value = {};
});

/** Which documents the next question of a conversation is asked to; of a new one without `place`. */
export function filterOf(place: string | undefined): SearchFilter {
  const chosen = filters.value[place ?? NEW_QUESTION];
  if (chosen) return chosen;
  const open = place !== undefined && conversation.value?.id === place;
  return (open ? turns.value.at(-1)?.question.filter : undefined) ?? NO_FILTER;
}

export function chooseFilter(place: string | undefined, filter: SearchFilter): void {
  const others = withoutPlace(place);
  store([...others, [place ?? NEW_QUESTION, filter]]);
}

/** The question has been asked with it. */
export function forgetFilter(place: string | undefined): void {
  if (filters.value[place ?? NEW_QUESTION]) store(withoutPlace(place));
}

/** The new question has become a conversation; until the server has the question, its filter is kept here. */
export function moveFilter(conversationId: string): void {
  const chosen = filters.value[NEW_QUESTION];
  if (!chosen) return;
  forgetFilter(undefined);
  if (isRestricting(chosen)) chooseFilter(conversationId, chosen);
}

function withoutPlace(place: string | undefined): [string, SearchFilter][] {
  return Object.entries(filters.value).filter(([other]) => other !== (place ?? NEW_QUESTION));
}

function store(all: [string, SearchFilter][]): void {
  filters.value = Object.fromEntries(all.slice(-MAX_FILTERS));
  writeStored(localStorageOrNone(), FILTERS, filters.value);
}

function load(): Record<string, SearchFilter> {
  const stored = readStored<Record<string, SearchFilter>>(localStorageOrNone(), FILTERS) ?? {};
  return Object.fromEntries(Object.entries(stored).filter(([, filter]) => Array.isArray(filter?.all)));
}
