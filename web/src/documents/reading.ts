import type { Collection } from '../api/types';
import { t } from '../i18n';

/** How far the documents of some collections have been read, or of one answer's search. */
export interface Reading {
  documents: number;
  searchable: number;
  pending: number;
}

export function readingOf(collections: readonly Collection[]): Reading {
  const sum = (field: 'documents' | 'searchable' | 'pending') =>
    collections.reduce((total, collection) => total + (collection[field] ?? 0), 0);
  return { documents: sum('documents'), searchable: sum('searchable'), pending: sum('pending') };
}

/** “12 of 160 documents can be searched so far.”; undefined when no document is still to be read. */
export function readingWords(reading: Partial<Reading> | undefined): string | undefined {
  const { documents = 0, searchable = 0, pending = 0 } = reading ?? {};
  return pending ? t('reading.soFar', { searchable, n: documents }) : undefined;
}

/** Whole percent of the passages that are in the index again; undefined when it is complete. */
export function rebuildPercent(collections: readonly Collection[]): number | undefined {
  const rebuild = collections.find((collection) => collection.indexRebuild)?.indexRebuild;
  if (!rebuild) return undefined;
  return Math.min(99, Math.floor((100 * rebuild.indexed) / Math.max(1, rebuild.expected)));
}
