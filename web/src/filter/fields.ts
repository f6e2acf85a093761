import { countDocuments, listFields } from '../api/library';
import type { Field, SearchFilter } from '../api/types';

/** Fields that are offered at once, in this order; all others on demand. */
const FIRST = ['tags', 'media_type', 'language', 'metadata.author', 'created', 'modified'];
/** Collections whose fields are read; of more, those of the first ones are offered. */
export const MAX_COLLECTIONS = 20;
const MAX_VALUES = 20;

export interface FieldChoice {
  first: Field[];
  others: Field[];
  /** Whether the fields of all collections are among them. */
  complete: boolean;
}

/** What the documents of the collections can be filtered by. Rejects with an ApiError. */
export async function loadFields(collections: readonly string[], signal: AbortSignal): Promise<FieldChoice> {
  const lists = await Promise.all(collections.slice(0, MAX_COLLECTIONS).map((id) => listFields(id, signal)));
  const fields = mergeFields(lists.map((list) => list.items));
  const first = FIRST.flatMap((name) => fields.find(({ field }) => field === name) ?? []);
  const others = fields.filter((field) => !first.includes(field));
  return { first, others, complete: collections.length <= MAX_COLLECTIONS };
}

/** How many documents of the collections pass a filter with at least one condition. Rejects with an ApiError. */
export async function countPassing(
  collections: readonly string[],
  filter: SearchFilter,
  signal: AbortSignal,
): Promise<number> {
  const counts = await Promise.all(collections.map((id) => countDocuments(id, filter, signal)));
  return counts.reduce((sum, { documents }) => sum + documents, 0);
}

/** The fields of several collections as those of one. */
export function mergeFields(lists: readonly Field[][]): Field[] {
  const merged = new Map<string, Field>();
  for (const field of lists.flat()) {
    const before = merged.get(field.field);
    merged.set(field.field, before ? merge(before, field) : field);
  }
  return [...merged.values()];
}

function merge(one: Field, other: Field): Field {
  const counts = new Map<string, number>();
  for (const { value, documents } of [...one.values, ...other.values])
    counts.set(value, (counts.get(value) ?? 0) + documents);
  const values = [...counts].map(([value, documents]) => ({ value, documents }));
  values.sort((a, b) => b.documents - a.documents || a.value.localeCompare(b.value));
  const sameKind = one.kind === other.kind;
  const ordered = (bounds: (string | null | undefined)[]) =>
    bounds
      .filter((bound) => typeof bound === 'string')
      .sort((a, b) => (one.kind === 'number' ? Number(a) - Number(b) : a.localeCompare(b)));
  return {
    field: one.field,
    kind: sameKind ? one.kind : 'text',
    documents: one.documents + other.documents,
    distinct: Math.max(one.distinct, other.distinct, values.length),
    values: values.slice(0, MAX_VALUES),
    ...(sameKind
      ? { from: ordered([one.from, other.from])[0] ?? null, to: ordered([one.to, other.to]).at(-1) ?? null }
      : {}),
  };
}
