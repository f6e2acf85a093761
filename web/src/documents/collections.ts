import { computed, signal } from '@preact/signals';
import { listCollections } from '../api/library';
import { type ApiError, asApiError } from '../api/problem';
import type { Collection } from '../api/types';
import { readSetting, writeSetting } from '../ui/settings';

export const collections = signal<readonly Collection[]>([]);
export const collectionsError = signal<ApiError | undefined>(undefined);
/** Id of the collection whose documents are listed, and that is asked unless several are; empty means all. */
export const chosen = signal(readSetting('collection') ?? '');
/** Ids of the collections that are asked, two or more; empty when one or all are. */
export const several = signal<readonly string[]>(words(readSetting('collections')));
/** Collections that a conversation may ask. */
export const MAX_ASKED = 100;

/** The one whose documents are listed: the chosen one, else the first. */
export const current = computed(
  () => collections.value.find((collection) => collection.id === chosen.value) ?? collections.value[0],
);

export function choose(id: string): void {
  chosen.value = id;
  writeSetting('collection', id);
}

/** For a new conversation: empty means all that may be read. What was deleted meanwhile is left out. */
export function askedCollections(): string[] {
  const wanted = several.value.length ? several.value : [chosen.value];
  return collections.value.filter(({ id }) => wanted.includes(id)).map(({ id }) => id);
}

/** A new conversation asks this one, or all with an empty id. */
export function askOnly(id: string): void {
  choose(id);
  keepSeveral([]);
}

/** A new conversation asks these, at least one. */
export function askThese(ids: readonly string[]): void {
  if (ids.length > 1) keepSeveral(ids);
  else askOnly(ids[0] ?? '');
}

function keepSeveral(ids: readonly string[]): void {
  several.value = ids;
  writeSetting('collections', ids.join(' '));
}

function words(text: string | undefined): string[] {
  return text?.split(' ').filter(Boolean) ?? [];
}

let started: Promise<void> | undefined;

/** Loads them once; again after a failure. */
export function loadCollections(again = false): Promise<void> {
  if (!started || again) started = read();
  return started;
}

async function read(): Promise<void> {
  try {
    collections.value = (await listCollections()).items;
    collectionsError.value = undefined;
  } catch (thrown) {
    collectionsError.value = asApiError(thrown);
    started = undefined;
  }
}
