import { listFields } from '../api/library';

/** Equal for tags that the server takes for one: without case, width of letters and repeated spaces. */
function fold(tag: string): string {
  return tag.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** The own tags with another one; undefined if the tag is empty, or there already, as its own or from its folder. */
export function withTag(own: readonly string[], inherited: readonly string[], typed: string): string[] | undefined {
  const tag = typed.replace(/\s+/g, ' ').trim();
  const there = [...own, ...inherited].some((other) => fold(other) === fold(tag));
  return tag === '' || there ? undefined : [...own, tag];
}

export function withoutTag(own: readonly string[], tag: string): string[] {
  return own.filter((other) => other !== tag);
}

/** The most frequent tags of a collection. Rejects with an ApiError. */
export async function usedTags(collection: string): Promise<string[]> {
  const { items } = await listFields(collection);
  return items.find(({ field }) => field === 'tags')?.values.map(({ value }) => value) ?? [];
}
