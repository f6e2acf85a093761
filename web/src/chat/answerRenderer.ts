import { signal } from '@preact/signals';
import type { renderMarkdown } from './markdown';

/** Draws answers with their citations. Loaded with the first answer, so that the first page is light. */
export const answerRenderer = signal<typeof renderMarkdown | undefined>(undefined);

/** Milliseconds that an answer is held back for it; after that its bare text is shown until it is there. */
const LOAD_TIMEOUT = 3000;

let loading: Promise<void> | undefined;

/** Loads it once, beside what the answer comes with. Resolves when it is there, cannot be loaded, or takes too long; never rejects. */
export function loadAnswerRenderer(): Promise<void> {
  if (answerRenderer.value) return Promise.resolve();
  loading ??= import('./markdown')
    .then(
      (module) => {
        answerRenderer.value = module.renderMarkdown;
      },
      () => undefined,
    )
    .finally(() => {
      loading = undefined;
    });
  return Promise.race([loading, new Promise<void>((resolve) => setTimeout(resolve, LOAD_TIMEOUT))]);
}
