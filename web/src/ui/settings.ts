/** What a reader chose, kept in this browser. Works without storage, then for this visit only. */
const PREFIX = 'lectern.';
const here = new Map<string, string>();

export type Setting = 'theme' | 'language' | 'collection' | 'collections';

export function readSetting(name: Setting): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? here.get(name);
  } catch {
    return here.get(name);
  }
}

export function writeSetting(name: Setting, value: string): void {
  here.set(name, value);
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Not allowed: kept for this visit.
  }
}
