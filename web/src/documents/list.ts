import { batch, computed, signal } from '@preact/signals';
import { deleteDocument, listDocuments, reingest } from '../api/library';
import { type ApiError, asApiError } from '../api/problem';
import type { DocumentItem, DocumentStatus, SearchFilter } from '../api/types';
import { isRestricting, NO_FILTER } from '../filter/filter';
import { collections, current, loadCollections } from './collections';

export interface Filter {
  query: string;
  status: DocumentStatus | '';
  /** On tags, metadata and other fields. */
  conditions: SearchFilter;
}

/** Lists all documents. */
export const NOTHING_FILTERED: Filter = { query: '', status: '', conditions: NO_FILTER };

/** Documents on one page of the list, and most that are asked for at once. */
const PAGE = 50;
const MAX_QUESTIONS = 200;
/** Milliseconds between looks at documents that are being read. */
export const LOOK = 4000;
/** Deletions that run at the same time. */
const PARALLEL = 4;

export const filter = signal(NOTHING_FILTERED);
export const items = signal<readonly DocumentItem[]>([]);
export const state = signal<'loading' | 'more' | 'end'>('loading');
export const listError = signal<ApiError | undefined>(undefined);
export const selected = signal<ReadonlySet<string>>(new Set());

/** Whether something that is shown will change by itself. */
export const moving = computed(() => items.value.some((item) => item.status === 'queued' || item.status === 'running'));
export const filtered = computed(
  () => filter.value.query !== '' || filter.value.status !== '' || isRestricting(filter.value.conditions),
);

let cursor: string | undefined;
let request = new AbortController();

function queryOf(limit: number, from?: string) {
  const { query, status, conditions } = filter.value;
  return {
    limit,
    ...(query ? { query } : {}),
    ...(status ? { status } : {}),
    ...(isRestricting(conditions) ? { filter: JSON.stringify(conditions) } : {}),
    ...(from ? { cursor: from } : {}),
  };
}

/** Reads the list from its start, with as much of it as was shown. */
export async function refresh(quietly = false): Promise<void> {
  const collection = current.value?.id;
  if (!collection) return;
  request.abort();
  request = new AbortController();
  const { signal: mine } = request;
  if (!quietly) {
    batch(() => {
      items.value = [];
      state.value = 'loading';
      listError.value = undefined;
      selected.value = new Set();
    });
    cursor = undefined;
  }
  const shown = items.value.length;
  try {
    const page = await listDocuments(collection, queryOf(Math.min(MAX_QUESTIONS, Math.max(PAGE, shown))), mine);
    if (mine.aborted) return;
    const rest = quietly && shown > page.items.length && page.next ? items.value.slice(page.items.length) : [];
    const fresh = new Set(page.items.map((item) => item.id));
    batch(() => {
      items.value = [...page.items, ...rest.filter((item) => !fresh.has(item.id))];
      if (!rest.length) {
        cursor = page.next ?? undefined;
        state.value = cursor ? 'more' : 'end';
      }
      listError.value = undefined;
    });
  } catch (thrown) {
    if (!mine.aborted) listError.value = asApiError(thrown);
  }
}

let planned: ReturnType<typeof setTimeout> | undefined;
let refreshed = 0;

/** Reads the list quietly, at most once in LOOK however often this is called: several parts of the page notice that documents change. */
export function refreshSoon(): void {
  if (planned) return;
  const look = () => {
    planned = undefined;
    refreshed = Date.now();
    void refresh(true);
  };
  planned = setTimeout(look, Math.max(0, refreshed + LOOK - Date.now()));
}

export async function loadMore(): Promise<void> {
  const collection = current.value?.id;
  if (!collection || state.value !== 'more' || !cursor) return;
  state.value = 'loading';
  const { signal: mine } = request;
  try {
    const page = await listDocuments(collection, queryOf(PAGE, cursor), mine);
    if (mine.aborted) return;
    cursor = page.next ?? undefined;
    const known = new Set(items.value.map((item) => item.id));
    batch(() => {
      items.value = [...items.value, ...page.items.filter((item) => !known.has(item.id))];
      state.value = cursor ? 'more' : 'end';
    });
  } catch (thrown) {
    if (mine.aborted) return;
    listError.value = asApiError(thrown);
    state.value = 'more';
  }
}

export function setFilter(change: Partial<Filter>): void {
  filter.value = { ...filter.value, ...change };
  void refresh();
}

export function select(id: string, on: boolean): void {
  const next = new Set(selected.value);
  if (on) next.add(id);
  else next.delete(id);
  selected.value = next;
}

export function selectAll(on: boolean): void {
  selected.value = new Set(on ? items.value.map((item) => item.id) : []);
}

/** Deletes them; resolves to the errors of those that could not be. What is gone already counts as deleted. */
export async function removeAll(ids: readonly string[]): Promise<ApiError[]> {
  const errors: ApiError[] = [];
  const gone = new Set<string>();
  const waiting = [...ids];
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const error = await deleteDocument(id).then(() => undefined, asApiError);
      if (!error || error.code === 'not_found') gone.add(id);
      else errors.push(error);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  batch(() => {
    items.value = items.value.filter((item) => !gone.has(item.id));
    selected.value = new Set([...selected.value].filter((id) => !gone.has(id)));
    const id = current.value?.id;
    collections.value = collections.value.map((collection) =>
      collection.id === id && collection.documents !== undefined
        ? { ...collection, documents: Math.max(0, collection.documents - gone.size) }
        : collection,
    );
  });
  void loadCollections(true);
  return errors;
}

/** Reads them again from their originals. */
export async function readAgain(documents: readonly DocumentItem[]): Promise<void> {
  await Promise.all(documents.map((item) => reingest(item.id)));
  const again = new Set(documents.map((item) => item.id));
  items.value = items.value.map((item) => {
    if (!again.has(item.id)) return item;
    const { reason: _, ...rest } = item;
    return { ...rest, status: 'queued' as const };
  });
}
