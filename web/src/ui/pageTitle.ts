import { signal } from '@preact/signals';

/** What the page shows, where its address does not say it: the title of a document. */
export const pageTitle = signal<string | undefined>(undefined);
