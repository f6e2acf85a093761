import { computed, signal } from '@preact/signals';
import { listCollections } from '../api/library';
import { type ApiError, asApiError } from '../api/problem';
import type { Collection } from '../api/types';
import { readSetting, writeSetting } from '../ui/settings';

export const collections = signal<readonly Collection[]>([]);
export const collectionsError = signal<ApiError | undefined>(undefined);
/** Id of the collection that is asked; empty means all. */
export const chosen = signal(readSetting('collection') ?? '');

/** The one whose documents are listed: the chosen one, else the first. */
export const current = computed(
  () => collections.value.find((collection) => collection.id === chosen.value) ?? collections.value[0],
);

export function choose(id: string): void {
  chosen.value = id;
  writeSetting('collection', id);
}

/** For a new conversation: empty means all that may be read. */
export function chosenCollections(): string[] {
  return collections.value.some((collection) => collection.id === chosen.value) ? [chosen.value] : [];
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
