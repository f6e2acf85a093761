import { signal } from '@preact/signals';
import type { drawMarkdown } from './markdown';

/** Draws answers with their citations. Loaded with the first answer, so that the first page is light. */
export const drawer = signal<typeof drawMarkdown | undefined>(undefined);

/** Milliseconds that an answer is held back for it; after that its bare text is shown until it is there. */
const PATIENCE = 3000;

let loading: Promise<void> | undefined;

/** Loads it once, beside what the answer comes with. Resolves when it is there, cannot be loaded, or takes too long; never rejects. */
export function drawerThere(): Promise<void> {
  if (drawer.value) return Promise.resolve();
  loading ??= import('./markdown')
    .then(
      (module) => {
        drawer.value = module.drawMarkdown;
      },
      () => undefined,
    )
    .finally(() => {
      loading = undefined;
    });
  return Promise.race([loading, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE))]);
}
