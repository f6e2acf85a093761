/** Puts the focus on what the move is now, where the control that was pressed may be gone. */
export function toMove(): void {
  requestAnimationFrame(() => {
    const heading =
      document.querySelector<HTMLElement>('#move-title') ?? document.querySelector<HTMLElement>('#embedder-title');
    heading?.focus();
  });
}
