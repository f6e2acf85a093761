import { localStorageOrNone, readStored, sessionStorageOrNone, writeStored } from '../ui/storage';

/** What this browser keeps of a reader: what was typed and not asked. */
const OF_READER = ['lectern.drafts', 'lectern.filters'];
/** The same for one window. */
const OF_WINDOW = ['lectern.sentQuestion'];
/** Id of the person whose session this browser had last. */
const READER = 'lectern.reader';

const resets: (() => void)[] = [];

/** Registers what forgets the copies in memory of what is kept. */
export function onReaderGone(reset: () => void): void {
  resets.push(reset);
}

/** Leaves nothing of the reader in this browser, whether the server is reached or not. */
export function forgetReader(): void {
  for (const reset of resets) reset();
  for (const key of [...OF_READER, READER]) writeStored(localStorageOrNone(), key, undefined);
  for (const key of OF_WINDOW) writeStored(sessionStorageOrNone(), key, undefined);
}

/**
 * Whose session the browser has now; undefined without one. A session that ended by itself, or while the page was closed, is noticed here, and what its reader
 * typed is forgotten. What somebody typed before signing in stays.
 */
export function noteReader(id: string | undefined): void {
  const before = readStored<string>(localStorageOrNone(), READER);
  if (before === id) return;
  if (before !== undefined) forgetReader();
  writeStored(localStorageOrNone(), READER, id);
}
