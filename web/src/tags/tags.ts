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
