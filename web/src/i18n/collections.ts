import { collections } from './en.collections';
import { textsOf } from './part';

/** With the texts of managing collections. */
export const t = await textsOf(collections, { de: async () => (await import('./de.collections')).collections });
