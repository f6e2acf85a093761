/** Puts the focus on what the reembedding is now, where the control that was pressed may be gone. */
export function focusReembeddingHeading(): void {
  requestAnimationFrame(() => {
    const heading =
      document.querySelector<HTMLElement>('#reembedding-title') ??
      document.querySelector<HTMLElement>('#embedder-title');
    heading?.focus();
  });
}
