import { signal } from '@preact/signals';
import { go } from './router';

export const shortcutsShown = signal(false);

/** Puts the cursor into the question. */
export function focusComposer(): void {
  document.querySelector<HTMLTextAreaElement>('#question')?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Single keys work outside of text fields only, and never over a dialog. */
export function listenForShortcuts(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
    const action = ACTIONS[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

const ACTIONS: Record<string, () => void> = {
  '?': () => {
    shortcutsShown.value = true;
  },
  '/': () => {
    const search = document.querySelector<HTMLInputElement>('#document-search');
    if (search) search.focus();
    else focusComposer();
  },
  n: () => {
    go({ page: 'home' });
    requestAnimationFrame(focusComposer);
  },
  d: () => go({ page: 'documents' }),
};
